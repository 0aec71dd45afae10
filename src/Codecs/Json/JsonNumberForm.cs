namespace Lob.Fast.Codecs.Json;

/// <summary>How a JSON number was written.</summary>
public enum JsonNumberForm : byte
{
    /// <summary>Digits that fit a long, with or without a minus sign.</summary>
    Integer = 0,

    /// <summary>Digits that do not fit a long.</summary>
    Huge = 1,

    /// <summary>With a fraction or an exponent.</summary>
    Real = 2,
}
