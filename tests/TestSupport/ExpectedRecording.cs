namespace Lob.Fast.TestSupport;

/// <summary>What must be found in a synthetic recording; <c>tests/data/synthetic/README.md</c> says what each field means.</summary>
public sealed record ExpectedRecording
{
    /// <summary>Lines of the recording.</summary>
    public required int Lines { get; init; }

    /// <summary>How lost frames show: <c>range</c>, <c>link</c>, <c>connection</c> or <c>none</c>.</summary>
    public required string Continuity { get; init; }

    /// <summary>Frames by kind.</summary>
    public required IReadOnlyDictionary<string, int> Kinds { get; init; }

    /// <summary>By symbol, then <c>taker_buys</c> and <c>taker_sells</c>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Trades { get; init; }

    /// <summary>Connections that begin in the recording; null where frames of the connection are not counted.</summary>
    public int? Connections { get; init; }

    /// <summary>Lines, from 1, at which the count of the connection jumps; null where frames of the connection are not counted.</summary>
    public IReadOnlyList<int>? ConnectionGapLines { get; init; }

    /// <summary>By channel and symbol, for example <c>books.BTC-USDT</c>.</summary>
    public required IReadOnlyDictionary<string, ExpectedBook> Books { get; init; }
}
