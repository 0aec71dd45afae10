using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>Every frame of every recording is decoded, or counted under a name: docs/RECORDINGS.md holds the table, and these tests hold it to it.</summary>
public sealed class FrameCountsTests
{
    private const string Unknown = "unknown";

    public static TheoryData<Venue, string> Committed => new()
    {
        { Venue.BinanceSpot, Spot8 },
        { Venue.BinanceSpot, Nkn },
        { Venue.BinanceSpot, Blz },
        { Venue.BinanceSpot, Rune },
        { Venue.BinanceUsdM, Sushi },
        { Venue.BinanceUsdM, Akro },
        { Venue.BinanceUsdM, Keep },
        { Venue.Okx, FeedRecordings.Okx2022 },
        { Venue.Bitfinex, FeedRecordings.BitfinexSequence },
        { Venue.Bitfinex, FeedRecordings.BitfinexChecksum },
        { Venue.Bitfinex, "bitfinex/r0_len25_snapshot_2017.json" },
        { Venue.Coinbase, FeedRecordings.CoinbaseExchange },
        { Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200.rec" },
        { Venue.BybitLinear, "synthetic/bybit_linear_orderbook50_1_200_gap.rec" },
        { Venue.BybitLinear, "synthetic/bybit_orderbook500_archive.ndjson" },
        { Venue.BybitLinear, "synthetic/bybit_rest.rec" },
        { Venue.BybitSpot, "synthetic/bybit_spot_orderbook50.rec" },
        { Venue.BybitSpot, "synthetic/bybit_spot_orderbook50_restart_as_delta.rec" },
        { Venue.Okx, "synthetic/okx_books_2026.rec" },
        { Venue.Okx, "synthetic/okx_books_2026_gap.rec" },
        { Venue.Okx, "synthetic/okx_books_legacy_checksum.rec" },
        { Venue.Okx, "synthetic/okx_books_legacy_bad_checksum.rec" },
        { Venue.Bitfinex, "synthetic/bitfinex_p0_seq_checksum.rec" },
        { Venue.Bitfinex, "synthetic/bitfinex_p0_seq_checksum_gap.rec" },
        { Venue.Bitfinex, "synthetic/bitfinex_p0_seq_bad_checksum.rec" },
        { Venue.Bitfinex, "synthetic/bitfinex_r0.rec" },
        { Venue.Coinbase, "synthetic/coinbase_level2.rec" },
        { Venue.Coinbase, "synthetic/coinbase_full.rec" },
        { Venue.Coinbase, "synthetic/coinbase_rest_level3.rec" },
        { Venue.CoinbaseAdvanced, "synthetic/coinbase_advanced.rec" },
        { Venue.CoinbaseAdvanced, "synthetic/coinbase_advanced_gap.rec" },
    };

    public static TheoryData<Venue, string> NotCommitted => new()
    {
        { Venue.BinanceSpot, Spot9 },
        { Venue.BinanceUsdM, UsdM },
        { Venue.BinanceCoinM, CoinM8 },
        { Venue.BinanceCoinM, CoinM9 },
        { Venue.BinanceSpot, "binance/edge_messages_2019-2021.ndjson" },
        { Venue.BinanceUsdM, "binance/edge_messages_2019-2021.ndjson" },
        { Venue.BinanceCoinM, "binance/edge_messages_2019-2021.ndjson" },
        { Venue.BybitLinear, FeedRecordings.BybitLinear },
        { Venue.BybitLinear, FeedRecordings.BybitArchive },
        { Venue.BybitSpot, FeedRecordings.BybitSpot },
        { Venue.BybitLinear, "bybit/edge_messages_v5_2023-2025.ndjson" },
        { Venue.Okx, FeedRecordings.Okx2026 },
        { Venue.Okx, "okx/edge_messages_v5_2021-2024.ndjson" },
        { Venue.Bitfinex, "bitfinex/edge_messages_2019-2021.ndjson" },
        { Venue.Coinbase, "coinbase/exchange_full_excerpt_20170625.ndjson" },
        { Venue.Coinbase, "coinbase/edge_messages_2019-2022.ndjson" },
        { Venue.CoinbaseAdvanced, FeedRecordings.CoinbaseAdvanced },
    };

    [Theory]
    [MemberData(nameof(Committed))]
    public void Every_frame_of_the_repositorys_recordings_is_accounted_for(Venue venue, string file) => Check(venue, file);

    [RecordingTheory(Spot9, UsdM, CoinM8, CoinM9, FeedRecordings.BybitLinear, FeedRecordings.Okx2026, FeedRecordings.CoinbaseAdvanced)]
    [MemberData(nameof(NotCommitted))]
    public void Every_frame_of_the_other_recordings_is_accounted_for(Venue venue, string file) => Check(venue, file);

    [Fact]
    public void The_table_has_no_row_that_no_test_looks_at()
    {
        var tested = new HashSet<string>(
            Committed.Concat(NotCommitted).Select(static row => $"| `{row[1]}` | {((Venue)row[0]).ToName()} |"));
        Assert.All(Table(), row => Assert.Contains(tested, start => row.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(tested.Count, Table().Count());
    }

    private static void Check(Venue venue, string file)
    {
        string start = $"| `{file}` | {venue.ToName()} |";
        string row = Table().FirstOrDefault(row => row.StartsWith(start, StringComparison.Ordinal)) ?? Unknown;
        Assert.Equal(row, FrameCounts.RowOf(venue, file));
    }

    private static IEnumerable<string> Table() =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Recordings.Bundled!))!, "docs", "RECORDINGS.md"))
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal));
}
