namespace Lob.Fast.Baselines.Faults;

/// <summary>Where a venue's book frames hold what can be altered: regular expressions whose group 1 is the value; null = it has none.</summary>
public sealed record FeedPatterns(
    string Price, string Quantity, string? OrderCount, string? Sequence, string? Previous, string? Checksum, string? Symbol, string StreamName)
{
    public static FeedPatterns Bybit { get; } = new(
        """\["([0-9.]+)","[0-9.]+"\]""", """\["[0-9.]+","([0-9.]+)"\]""", null, "\"u\":([0-9]+)", null, null, "\"s\":\"([A-Z]+)", """^\{"topic":"orderbook\.[0-9]+\.([A-Z]+)""");

    public static FeedPatterns Okx { get; } = new(
        """\["([0-9.]+)","[0-9.]+","0","[0-9]+"\]""",
        """\["[0-9.]+","([0-9.]+)","0","[0-9]+"\]""",
        """\["[0-9.]+","[0-9.]+","0","([1-9][0-9]*)"\]""",
        "\"seqId\":([0-9]+)",
        "\"prevSeqId\":([0-9]+)",
        "\"checksum\":-?([0-9]+)",
        null,
        "\"instId\":\"([A-Z]+)");

    /// <summary>A level that is deleted has no orders, and amount 1 whatever it was.</summary>
    public static FeedPatterns Bitfinex { get; } = new(
        """\[([0-9.]+)(?:e-[0-9]+)?,[0-9]+,-?[0-9.]+(?:e-[0-9]+)?\]""",
        """\[[0-9.]+(?:e-[0-9]+)?,[1-9][0-9]*,-?([0-9.]+)(?:e-[0-9]+)?\]""",
        """\[[0-9.]+(?:e-[0-9]+)?,([1-9][0-9]*),-?[0-9.]+(?:e-[0-9]+)?\]""",
        """,([0-9]+)\]$""",
        null,
        "\"cs\",-?([0-9]+)",
        null,
        """^\[([0-9]+),""");

    public static FeedPatterns CoinbaseExchange { get; } = new(
        """\[(?:"(?:buy|sell)",)?"([0-9.]+)","[0-9.]+"\]""", """\[(?:"(?:buy|sell)",)?"[0-9.]+","([0-9.]+)"\]""", null, null, null, null, null, "\"product_id\":\"([A-Z]+)");

    public static FeedPatterns CoinbaseAdvanced { get; } = new(
        "\"price_level\":\"([0-9.]+)", "\"new_quantity\":\"([0-9.]+)", null, "\"sequence_num\":([0-9]+)", null, null, null, "\"product_id\":\"([A-Z]+)");
}
