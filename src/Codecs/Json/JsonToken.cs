namespace Lob.Fast.Codecs.Json;

/// <summary>What a JSON value begins as.</summary>
public enum JsonToken : byte
{
    /// <summary>No value: the end of the frame, or a byte that begins none.</summary>
    None = 0,

    /// <summary><c>{</c></summary>
    Object = 1,

    /// <summary><c>[</c></summary>
    Array = 2,

    /// <summary>A string.</summary>
    String = 3,

    /// <summary>A number.</summary>
    Number = 4,

    /// <summary><c>true</c></summary>
    True = 5,

    /// <summary><c>false</c></summary>
    False = 6,

    /// <summary><c>null</c></summary>
    Null = 7,
}
