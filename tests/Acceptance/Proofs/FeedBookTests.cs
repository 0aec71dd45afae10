using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.FeedRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// After every frame of every recording of Bybit, OKX, Bitfinex and Coinbase the engine's books are those of the plain replay: state, sequence, evidence,
/// counts, all levels in order, text and number of orders included.
/// </summary>
public sealed class FeedBookTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Venue.Okx, Okx2022)]
    [InlineData(Venue.Bitfinex, BitfinexSequence)]
    [InlineData(Venue.Bitfinex, BitfinexChecksum)]
    [InlineData(Venue.Coinbase, CoinbaseExchangeBundled)]
    [InlineData(Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200.rec.gz")]
    [InlineData(Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200_gap.rec.gz")]
    [InlineData(Venue.BybitLinear, "synthetic/bybit_orderbook500_archive.ndjson")]
    [InlineData(Venue.BybitSpot, "synthetic/bybit_spot_orderbook50.rec")]
    [InlineData(Venue.BybitSpot, "synthetic/bybit_spot_orderbook50_restart_as_delta.rec")]
    [InlineData(Venue.Okx, "synthetic/okx_books_2026.rec.gz")]
    [InlineData(Venue.Okx, "synthetic/okx_books_2026_gap.rec.gz")]
    [InlineData(Venue.Okx, "synthetic/okx_books_legacy_checksum.rec")]
    [InlineData(Venue.Okx, "synthetic/okx_books_legacy_bad_checksum.rec")]
    [InlineData(Venue.Bitfinex, "synthetic/bitfinex_p0_seq_checksum.rec")]
    [InlineData(Venue.Bitfinex, "synthetic/bitfinex_p0_seq_checksum_gap.rec")]
    [InlineData(Venue.Bitfinex, "synthetic/bitfinex_p0_seq_bad_checksum.rec")]
    [InlineData(Venue.Coinbase, "synthetic/coinbase_level2.rec.gz")]
    [InlineData(Venue.CoinbaseAdvanced, "synthetic/coinbase_advanced.rec.gz")]
    [InlineData(Venue.CoinbaseAdvanced, "synthetic/coinbase_advanced_gap.rec.gz")]
    public void Equal_after_every_frame_of_the_bundled_recordings(Venue venue, string file) => Check(venue, file, null);

    [RecordingTheory(BybitLinear, BybitArchive, BybitSpot, Okx2026, CoinbaseAdvanced)]
    [InlineData(Venue.BybitLinear, BybitLinear)]
    [InlineData(Venue.BybitLinear, BybitArchive)]
    [InlineData(Venue.BybitSpot, BybitSpot)]
    [InlineData(Venue.Okx, Okx2026)]
    [InlineData(Venue.CoinbaseAdvanced, CoinbaseAdvanced)]
    public void Equal_after_every_frame_of_the_other_recordings(Venue venue, string file) => Check(venue, file, null);

    /// <summary>A narrow ladder keeps most levels in its other half, where the wide one keeps next to none.</summary>
    [Theory]
    [InlineData(Venue.Okx, Okx2022)]
    [InlineData(Venue.Bitfinex, BitfinexSequence)]
    [InlineData(Venue.Coinbase, CoinbaseExchangeBundled)]
    [InlineData(Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200_gap.rec.gz")]
    public void Equal_with_the_narrowest_ladder(Venue venue, string file) => Check(venue, file, new EngineOptions { WindowBits = 12 });

    private void Check(Venue venue, string file, EngineOptions? options)
    {
        Assert.Contains(venue, CodecFactory.Supported);
        using var comparison = new FeedComparison(venue, ReplayOf(file), options);
        int frames = 0;
        foreach (RecordedFrame frame in ProofRecordings.Read(file))
        {
            frames++;
            if (comparison.Feed(frame) is { } difference)
            {
                Assert.Fail($"line {frame.Line}: {difference}");
            }
        }

        output.WriteLine($"{frames:N0} frames, {comparison.Books} books, {comparison.LevelsCompared:N0} levels compared as text");
        Assert.True(comparison.Books > 0, "no book was compared");
    }
}
