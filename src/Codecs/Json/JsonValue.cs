namespace Lob.Fast.Codecs.Json;

/// <summary>Where a value stands in its frame, and for integers what it is.</summary>
public struct JsonValue
{
    /// <summary>The number, when <see cref="Token"/> is Number and <see cref="Form"/> Integer.</summary>
    public long Integer;

    /// <summary>First byte of the value; of a string, the byte behind the opening quote.</summary>
    public int Start;

    /// <summary>Bytes of the value; of a string, without the quotes.</summary>
    public int Length;

    /// <summary>What it is.</summary>
    public JsonToken Token;

    /// <summary>How a number was written.</summary>
    public JsonNumberForm Form;

    /// <summary>The string holds at least one backslash: its bytes are not its text.</summary>
    public bool Escaped;

    /// <summary>The bytes of the value in the frame it was read from.</summary>
    public readonly ReadOnlySpan<byte> In(ReadOnlySpan<byte> frame) => frame.Slice(Start, Length);
}
