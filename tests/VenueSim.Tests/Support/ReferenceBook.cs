using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Lob.Fast.VenueSim.Tests.Support;

/// <summary>The simplest book there is, and the digest as docs/DIGEST.md writes it down, in big integers.</summary>
internal sealed class ReferenceBook
{
    private static readonly BigInteger M = (BigInteger.One << 64) - 1;
    private static readonly BigInteger[] C =
    [
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1, 0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    ];

    public SortedDictionary<decimal, decimal> Bids { get; } = new(Comparer<decimal>.Create(static (left, right) => right.CompareTo(left)));

    public SortedDictionary<decimal, decimal> Asks { get; } = [];

    public static decimal Number(JsonElement value) =>
        decimal.Parse(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    public static BigInteger LevelHash(int side, BigInteger price, BigInteger quantity)
    {
        BigInteger a = Fold((price & M) ^ C[0], (quantity & M) ^ C[1]);
        BigInteger b = Fold((price & M) ^ C[2], (quantity & M) ^ C[3]);
        BigInteger c = Fold((price >> 64) ^ C[4] ^ side, (quantity >> 64) ^ C[5]);
        return (Fold(b ^ C[7], c ^ C[6]) << 64) | Fold(a ^ C[6], c ^ C[7]);
    }

    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
    }

    /// <summary>Sets a level to an absolute quantity; none removes it.</summary>
    public void Set(bool isBid, decimal price, decimal quantity)
    {
        SortedDictionary<decimal, decimal> side = isBid ? Bids : Asks;
        if (quantity == 0) side.Remove(price);
        else side[price] = quantity;
    }

    /// <summary>Rows of [price, quantity, …].</summary>
    public void Set(bool isBid, JsonElement rows)
    {
        foreach (JsonElement row in rows.EnumerateArray())
            Set(isBid, Number(row[0]), Number(row[1]));
    }

    public UInt128 Digest()
    {
        BigInteger sum = 0;
        foreach ((decimal price, decimal quantity) in Bids)
            sum += LevelHash(1, Scaled(price), Scaled(quantity));

        foreach ((decimal price, decimal quantity) in Asks)
            sum += LevelHash(2, Scaled(price), Scaled(quantity));

        return (UInt128)(sum & ((BigInteger.One << 128) - 1));
    }

    /// <summary>The exchange says that this is the book.</summary>
    public void AssertIs(TrueBook? truth)
    {
        Assert.NotNull(truth);
        Assert.Equal(truth.Digest, Digest());
        Assert.Equal(Bids.Keys.First(), decimal.Parse(truth.BestBid!.Price, CultureInfo.InvariantCulture));
        Assert.Equal(Asks.Keys.First(), decimal.Parse(truth.BestAsk!.Price, CultureInfo.InvariantCulture));
        Assert.True(Bids.Keys.First() < Asks.Keys.First());
    }

    /// <summary>× 10^18; nothing here has more than nine decimals.</summary>
    private static BigInteger Scaled(decimal value) => new BigInteger(value * 1_000_000_000m) * 1_000_000_000;

    private static BigInteger Fold(BigInteger x, BigInteger y) => ((x * y) >> 64) ^ ((x * y) & M);
}
