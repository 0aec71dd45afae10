namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>The recordings of OKX, and what their README and the files themselves count.</summary>
internal static class OkxFiles
{
    public const string Books2026 = "okx/books_btc-usdt_20260824.ndjson";

    public const string Books2022 = "okx/books_uni-usd-swap_btc-usd-220527_20220513.rec";

    public const string Edge = "okx/edge_messages_v5_2021-2024.ndjson";

    /// <summary>Messages and other frames of one recording.</summary>
    internal sealed record Counts(int Deltas, int Snapshots, int Tickers, int Trades, string Controls, string Unknown);
}
