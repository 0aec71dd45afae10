using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>
/// The checksum of a book as its venue computes it: CRC-32 (IEEE) over the text that a <see cref="ChecksumRule"/> describes. Between two messages few
/// of the levels that go into it change, so what each level adds is remembered, and the text as a whole is never written. Allocates nothing after it is
/// made. Used by one thread, for one book.
/// </summary>
/// <param name="rule">Not <see cref="ChecksumRule.None"/>.</param>
public sealed class BookChecksum(ChecksumRule rule)
{
    /// <summary>Levels a side that go into it.</summary>
    private const int Depth = 25;

    /// <summary>Log2 of the places for the levels of one side, by price: ten times as many as levels, so that two seldom share one.</summary>
    private const int SideBits = 8;

    private const int SidePlaces = 1 << SideBits;

    // Colon, price, colon; minus, quantity.
    private const int LevelBytesMax = 1 + DecimalText.CharactersMax + 1 + 1 + DecimalText.CharactersMax;

    // 2^32 divided by the golden ratio, odd: spreads prices that follow each other in equal steps.
    private const uint Multiplier = 0x9E37_79B9;

    private static readonly uint Colon = Crc32.Of(":"u8);

    private readonly BookLevel[] _bids = new BookLevel[Depth];
    private readonly BookLevel[] _asks = new BookLevel[Depth];
    private readonly LevelChecksum[] _known = new LevelChecksum[2 * SidePlaces];
    private int _priceDecimals;
    private int _quantityDecimals;

    /// <summary>The checksum of the book as it stands, as the signed number that venues send.</summary>
    public int Of(L2Book book)
    {
        if (book.PriceDecimals != _priceDecimals || book.QuantityDecimals != _quantityDecimals)
        {
            (_priceDecimals, _quantityDecimals) = (book.PriceDecimals, book.QuantityDecimals);
            Array.Clear(_known);
        }

        int bidCount = book.CopyTo(Side.Bid, _bids);
        int askCount = book.CopyTo(Side.Ask, _asks);
        ulong sum = 0;
        int length = 0;
        for (int i = Math.Max(bidCount, askCount) - 1; i >= 0; i--)
        {
            if (i < askCount)
            {
                ref readonly LevelChecksum ask = ref Known(_asks[i], Side.Ask);
                sum ^= Crc32Join.Part(ask.Checksum, length);
                length += ask.Length;
            }

            if (i < bidCount)
            {
                ref readonly LevelChecksum bid = ref Known(_bids[i], Side.Bid);
                sum ^= Crc32Join.Part(bid.Checksum, length);
                length += bid.Length;
            }
        }

        // The first level has no colon in front: what that one added is taken away.
        return length == 0 ? 0 : (int)Crc32Join.Whole(sum ^ Crc32Join.Part(Colon, length - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly LevelChecksum Known(in BookLevel level, Side side)
    {
        uint place = ((uint)level.PriceTicks * Multiplier) >> (32 - SideBits);
        ref LevelChecksum known = ref _known[(int)place + (side == Side.Ask ? SidePlaces : 0)];
        if (known.PriceTicks != level.PriceTicks || known.QuantityLots != level.QuantityLots || known.TextForm != level.TextForm)
        {
            Learn(ref known, level, minus: side == Side.Ask && rule == ChecksumRule.InterleavedSigned);
        }

        return ref known;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Learn(ref LevelChecksum known, in BookLevel level, bool minus)
    {
        Span<byte> text = stackalloc byte[LevelBytesMax];
        if (known.PriceLength == 0 || known.PriceTicks != level.PriceTicks || known.TextForm.PriceDecimals != level.TextForm.PriceDecimals)
        {
            text[0] = (byte)':';
            int priceLength = 1 + DecimalText.Format(text[1..], level.PriceTicks, _priceDecimals, level.TextForm.PriceDecimals);
            text[priceLength++] = (byte)':';
            known = new LevelChecksum
            {
                PriceTicks = level.PriceTicks,
                TextForm = level.TextForm,
                PriceChecksum = Crc32.Of(text[..priceLength]),
                PriceLength = (byte)priceLength,
            };
        }

        int length = 0;
        if (minus)
        {
            text[length++] = (byte)'-';
        }

        length += DecimalText.Format(text[length..], level.QuantityLots, _quantityDecimals, level.TextForm.QuantityDecimals);
        known.QuantityLots = level.QuantityLots;
        known.TextForm = level.TextForm;
        known.Checksum = Crc32.Append(known.PriceChecksum, text[..length]);
        known.Length = (byte)(known.PriceLength + length);
    }
}
