using System.Runtime.CompilerServices;

namespace Lob.Fast.Engine.Records;

/// <summary>A SHA-256 value.</summary>
[InlineArray(BytesCount)]
public struct Hash32
{
    /// <summary>Bytes of the value.</summary>
    public const int BytesCount = 32;

    private byte _first;

    /// <summary>Whether all bytes are the same.</summary>
    public readonly bool IsSame(in Hash32 other)
    {
        ReadOnlySpan<byte> own = this;
        ReadOnlySpan<byte> others = other;
        return own.SequenceEqual(others);
    }

    /// <summary>Lower-case hexadecimal.</summary>
    public override readonly string ToString() => Convert.ToHexStringLower(this);
}
