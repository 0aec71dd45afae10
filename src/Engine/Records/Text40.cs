using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lob.Fast.Engine.Records;

/// <summary>Up to 40 bytes of ASCII, zero padded: the symbols and channel names of venues.</summary>
[InlineArray(BytesMax)]
public struct Text40
{
    /// <summary>Most bytes. The longest symbol met is 22 (OKX options), the longest channel 24.</summary>
    public const int BytesMax = Record.SizeInBytes - RecordHeader.SizeInBytes;

    private byte _first;

    /// <summary>Copies <paramref name="text"/>, at most <see cref="BytesMax"/> bytes.</summary>
    public static Text40 Of(ReadOnlySpan<byte> text)
    {
        Text40 value = default;
        text.CopyTo(value);
        return value;
    }

    /// <summary>The bytes without the padding.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes
    {
        get
        {
            ReadOnlySpan<byte> all = this;
            int end = all.IndexOf((byte)0);
            return end < 0 ? all : all[..end];
        }
    }

    /// <inheritdoc/>
    public override readonly string ToString() => Encoding.ASCII.GetString(Bytes);
}
