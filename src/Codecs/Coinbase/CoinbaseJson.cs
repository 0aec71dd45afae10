using System.Globalization;
using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>Writes JSON as Coinbase does, with the numbers of one instrument. Not for the hot path.</summary>
internal sealed class CoinbaseJson(string symbol, int priceDecimals, int quantityDecimals)
{
    private readonly StringBuilder _text = new();

    /// <summary>The venue's own symbol; empty = none.</summary>
    public string Symbol => symbol;

    /// <summary>Opens an object or array, as a member when it has a key.</summary>
    public CoinbaseJson Open(char bracket, string? key = null)
    {
        Key(key).Append(bracket);
        return this;
    }

    /// <summary>Closes it.</summary>
    public CoinbaseJson Close(char bracket)
    {
        if (_text[^1] == ',')
        {
            _text.Length--;
        }

        _text.Append(bracket).Append(',');
        return this;
    }

    /// <summary>A string.</summary>
    public CoinbaseJson Text(string? key, string text)
    {
        Key(key).Append('"').Append(text).Append("\",");
        return this;
    }

    /// <summary>A number; nothing where there is none.</summary>
    public CoinbaseJson Number(string? key, long number)
    {
        if (number != Sequence.None)
        {
            Key(key).Append(CultureInfo.InvariantCulture, $"{number},");
        }

        return this;
    }

    /// <summary>A price as the venue wrote it; nothing where none was told.</summary>
    public CoinbaseJson Price(string? key, long ticks, TextForm form) =>
        ticks == 0 ? this : Text(key, DecimalText.Format(ticks, priceDecimals, form.PriceDecimals));

    /// <summary>A price that may be zero.</summary>
    public CoinbaseJson PriceOrZero(string? key, long ticks, TextForm form) => Text(key, DecimalText.Format(ticks, priceDecimals, form.PriceDecimals));

    /// <summary>A price with as many decimals as it needs.</summary>
    public CoinbaseJson ShortPrice(string? key, long ticks)
    {
        int written = 0;
        while (written < priceDecimals && ticks % PowersOfTen.Of(priceDecimals - written) != 0)
        {
            written++;
        }

        return Text(key, DecimalText.Format(ticks, priceDecimals, written));
    }

    /// <summary>A quantity as the venue wrote it; nothing where none was told.</summary>
    public CoinbaseJson Quantity(string? key, long lots, TextForm form) =>
        lots == Sequence.None ? this : Text(key, DecimalText.Format(lots, quantityDecimals, form.QuantityDecimals));

    /// <summary>A time with as many digits as it needs, at least <paramref name="fractionDigits"/>; nothing where there is none.</summary>
    public CoinbaseJson Time(string? key, long ns, int fractionDigits)
    {
        if (ns == 0)
        {
            return this;
        }

        Span<byte> utf8 = stackalloc byte[IsoTime.LengthMax];
        while (fractionDigits < IsoTime.FractionDigitsMax && ns % PowersOfTen.Of(IsoTime.FractionDigitsMax - fractionDigits) != 0)
        {
            fractionDigits++;
        }

        return Text(key, Encoding.ASCII.GetString(utf8[..IsoTime.Format(utf8, ns, fractionDigits)]));
    }

    /// <summary>A UUID.</summary>
    public CoinbaseJson Id(string? key, long high, long low)
    {
        Span<byte> utf8 = stackalloc byte[Uuid.Length];
        Uuid.Format(utf8, (ulong)high, (ulong)low);
        return Text(key, Encoding.ASCII.GetString(utf8));
    }

    /// <summary>All that was written.</summary>
    public override string ToString() => _text.ToString().TrimEnd(',');

    private StringBuilder Key(string? key) => key is null ? _text : _text.Append('"').Append(key).Append("\":");
}
