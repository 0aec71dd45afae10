namespace Lob.Fast.VenueSim.Truth;

/// <summary>The hash of one level, as docs/DIGEST.md defines it. The digest of a book is the sum over its levels, modulo 2^128.</summary>
internal static class LevelDigest
{
    private const ulong C0 = 0x6A09E667F3BCC908;
    private const ulong C1 = 0xBB67AE8584CAA73B;
    private const ulong C2 = 0x3C6EF372FE94F82B;
    private const ulong C3 = 0xA54FF53A5F1D36F1;
    private const ulong C4 = 0x510E527FADE682D1;
    private const ulong C5 = 0x9B05688C2B3E6C1F;
    private const ulong C6 = 0x1F83D9ABFB41BD6B;
    private const ulong C7 = 0x5BE0CD19137E2179;
    private const ulong BidSide = 1;
    private const ulong AskSide = 2;

    /// <summary>The hash of a level; a level without quantity is none and has 0.</summary>
    /// <param name="isBid">Its side.</param>
    /// <param name="price">× 10^18, positive.</param>
    /// <param name="quantity">× 10^18.</param>
    public static UInt128 Of(bool isBid, UInt128 price, UInt128 quantity)
    {
        if (quantity == 0) return 0;

        ulong a = Fold((ulong)price ^ C0, (ulong)quantity ^ C1);
        ulong b = Fold((ulong)price ^ C2, (ulong)quantity ^ C3);
        ulong c = Fold((ulong)(price >> 64) ^ C4 ^ (isBid ? BidSide : AskSide), (ulong)(quantity >> 64) ^ C5);
        return new UInt128(Fold(b ^ C7, c ^ C6), Fold(a ^ C6, c ^ C7));
    }

    private static ulong Fold(ulong x, ulong y) => Math.BigMul(x, y, out ulong low) ^ low;
}
