using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>The recordings of OKX, and what their README and the files themselves count.</summary>
internal static class OkxFiles
{
    public const string Books2026 = "okx/books_btc-usdt_20260824.ndjson";

    public const string Books2022 = "okx/books_uni-usd-swap_btc-usd-220527_20220513.rec";

    public const string Edge = "okx/edge_messages_v5_2021-2024.ndjson";

    /// <summary>The generated ones, complete and well-formed all of them.</summary>
    public static string[] Synthetic => ["okx_books_2026.rec", "okx_books_2026_gap.rec", "okx_books_legacy_checksum.rec", "okx_books_legacy_bad_checksum.rec"];

    /// <summary>The generated ones and those recordings that are here.</summary>
    public static IEnumerable<string> Paths() =>
        [.. Synthetic.Select(SyntheticRecordings.PathOf), .. new[] { Books2026, Books2022, Edge }.Select(TestSupport.Recordings.Find).OfType<string>()];

    /// <summary>Messages and other frames of one recording.</summary>
    internal sealed record Counts(int Deltas, int Snapshots, int Tickers, int Trades, int Aggregates, int Candles, string Controls, string Unknown);
}
