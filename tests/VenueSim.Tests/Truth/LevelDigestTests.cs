using Lob.Fast.VenueSim.Tests.Support;
using Lob.Fast.VenueSim.Truth;

namespace Lob.Fast.VenueSim.Tests.Truth;

public sealed class LevelDigestTests
{
    private static readonly UInt128 BidPrice = 61800_20 * (UInt128)10_000_000_000_000_000;
    private static readonly UInt128 BidQuantity = 2_507 * (UInt128)1_000_000_000_000_000;
    private static readonly UInt128 AskPrice = 61800_30 * (UInt128)10_000_000_000_000_000;
    private static readonly UInt128 AskQuantity = 1_250 * (UInt128)1_000_000_000_000_000;

    [Fact]
    public void The_vectors_of_the_documentation_hold()
    {
        UInt128 bid = LevelDigest.Of(isBid: true, BidPrice, BidQuantity);

        Assert.Equal("746bf8c791e2caaacf423c1eb1eca071", bid.ToString("x32"));
        Assert.Equal("84c236e769043c4710be8b8bed2ae028", (bid + LevelDigest.Of(isBid: false, AskPrice, AskQuantity)).ToString("x32"));
        Assert.Equal((UInt128)0, LevelDigest.Of(isBid: true, BidPrice, 0));
    }

    [Fact]
    public void The_tests_own_reference_agrees()
    {
        var book = new ReferenceBook();
        book.Set(isBid: true, 61800.20m, 2.507m);
        book.Set(isBid: false, 61800.30m, 1.250m);

        Assert.Equal("84c236e769043c4710be8b8bed2ae028", book.Digest().ToString("x32"));
    }
}
