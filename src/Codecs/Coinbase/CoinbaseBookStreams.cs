using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lob.Fast.Codecs.Streams;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>
/// The <c>level2</c> streams by their product as it stands in a frame: at most 15 bytes and the quote behind them, compared in one register. Open addressing,
/// at most half full. Nothing is ever removed: add a stream only when the frame that it came by has been taken in.
/// </summary>
internal sealed class CoinbaseBookStreams
{
    /// <summary>Bytes that must be readable from the first one of a product on.</summary>
    public const int LookAhead = 16;

    private const int SlotsInitial = 64;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private Slot[] _slots = new Slot[SlotsInitial];
    private int _count;

    /// <summary>
    /// The stream of the product that begins at <paramref name="text"/> and ends before a quote, <paramref name="length"/> bytes on; null = none such is known.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CodecStream? Find(ref byte text, out int length)
    {
        Vector128<byte> product = ProductAt(ref text, out length);
        Slot[] slots = _slots;
        int index = Hash(product) & (slots.Length - 1);
        while (slots[index].Stream is { } stream)
        {
            if (slots[index].Product == product)
            {
                return stream;
            }

            index = (index + 1) & (slots.Length - 1);
        }

        return null;
    }

    /// <summary>Adds the stream of the product that <paramref name="text"/> begins with, unless it is known, or too long, or stands at the very end.</summary>
    public void Add(ReadOnlySpan<byte> text, CodecStream stream)
    {
        if (text.Length < LookAhead || Find(ref MemoryMarshal.GetReference(text), out int length) is not null || length == LookAhead)
        {
            return;
        }

        _count++;
        if (_count * 2 > _slots.Length)
        {
            Slot[] old = _slots;
            _slots = new Slot[old.Length * 2];
            foreach (Slot moved in old)
            {
                if (moved.Stream is not null)
                {
                    Place(moved);
                }
            }
        }

        Place(new Slot(ProductAt(ref MemoryMarshal.GetReference(text), out _), stream));
    }

    private void Place(in Slot slot)
    {
        int index = Hash(slot.Product) & (_slots.Length - 1);
        while (_slots[index].Stream is not null)
        {
            index = (index + 1) & (_slots.Length - 1);
        }

        _slots[index] = slot;
    }

    // The bytes up to the quote and the quote itself, which no zeros of the frame can stand for, and zeros behind it; 16 where there is no quote.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> ProductAt(ref byte text, out int length)
    {
        Vector128<byte> bytes = Vector128.LoadUnsafe(ref text);
        uint quotes = Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits();
        length = BitOperations.TrailingZeroCount(quotes | (1u << LookAhead));
        return bytes & Vector128.LessThanOrEqual(Vector128<byte>.Indices, Vector128.Create((byte)length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(Vector128<byte> product)
    {
        ulong hash = (product.AsUInt64()[0] * Multiplier) ^ product.AsUInt64()[1];
        return (int)((hash * Multiplier) >> 33);
    }

    private readonly record struct Slot(Vector128<byte> Product, CodecStream? Stream);
}
