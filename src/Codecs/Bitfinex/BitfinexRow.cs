using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>One row of an aggregated book in its usual form, <c>[PRICE,COUNT,AMOUNT]</c>: no blanks, no exponent, no further items.</summary>
internal readonly struct BitfinexRow
{
    /// <summary>
    /// Bytes from the bracket on that <see cref="TryParse"/> may look at: the bracket, a price and a comma, up to 7 digits of a count and a comma, and what a
    /// parser of numbers looks at: 1 + 17 + 1 + 8 + 24, and some.
    /// </summary>
    public const int LookAhead = 64;

    /// <summary>Never zero.</summary>
    public long PriceTicks { get; private init; }

    /// <summary>0 = the level is gone.</summary>
    public long QuantityLots { get; private init; }

    /// <summary>Orders at the level; 0 = the level is gone.</summary>
    public uint Orders { get; private init; }

    /// <summary>Which side.</summary>
    public Side Side { get; private init; }

    /// <summary>How the numbers were written.</summary>
    public TextForm TextForm { get; private init; }

    /// <summary>Bytes of the row, with its brackets.</summary>
    public int Length { get; private init; }

    /// <summary>Reads the row that begins at <paramref name="text"/>. False = it has another form, or is wrong.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ref byte text, in DecimalScale priceScale, in DecimalScale quantityScale, out BitfinexRow row)
    {
        row = default;
        if (text != (byte)'['
            || !DecimalParser.TryParseNumber(ref Unsafe.Add(ref text, 1), priceScale, out long price, out bool below, out int priceWritten, out int priceLength)
            || price == 0
            || below)
        {
            return false;
        }

        int at = 1 + priceLength;
        ulong digits = Swar.ToDigits(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at + 1)));
        int countLength = Swar.FirstHit(Swar.NotDigits(digits));
        if (Unsafe.Add(ref text, at) != (byte)','
            || (uint)(countLength - 1) >= Swar.Width - 1
            || ((byte)digits == 0 && countLength > 1)
            || Unsafe.Add(ref text, at + 1 + countLength) != (byte)',')
        {
            return false;
        }

        uint orders = (uint)Swar.ToNumber(digits << (64 - (8 * countLength)));
        at += countLength + 2;
        if (!DecimalParser.TryParseNumber(
                ref Unsafe.Add(ref text, at), quantityScale, out long quantity, out bool negative, out int quantityWritten, out int quantityLength)
            || Unsafe.Add(ref text, at + quantityLength) != (byte)']'
            || quantity == 0)
        {
            return false;
        }

        // A deleted level has the amount 1 or -1.
        bool isDeleted = orders == 0;
        if (isDeleted && (quantityWritten != 0 || quantity != quantityScale.Power))
        {
            return false;
        }

        row = new BitfinexRow
        {
            PriceTicks = price,
            QuantityLots = isDeleted ? 0 : quantity,
            Orders = orders,
            Side = negative ? Side.Ask : Side.Bid,
            TextForm = TextForm.Of(priceWritten, quantityWritten),
            Length = at + quantityLength + 1,
        };
        return true;
    }

    /// <summary>Fills a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteTo(ref LevelSet level, in RecordHeader header)
    {
        level.Header = header;
        level.Header.Code = (byte)Side;
        level.Header.TextForm = TextForm;
        level.PriceTicks = PriceTicks;
        level.QuantityLots = QuantityLots;
        level.OrderCount = Orders;
    }
}
