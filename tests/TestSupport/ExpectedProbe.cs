using System.Text.Json;

namespace Lob.Fast.TestSupport;

/// <summary>A live book behind a line of a synthetic recording.</summary>
public sealed record ExpectedProbe
{
    /// <summary>The line, from 1, that has been applied last.</summary>
    public required int Line { get; init; }

    /// <summary>The best bid's row; null where there is none.</summary>
    public IReadOnlyList<JsonElement>? BestBid { get; init; }

    /// <summary>The best ask's row; null where there is none.</summary>
    public IReadOnlyList<JsonElement>? BestAsk { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Bids { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Asks { get; init; }

    /// <summary>CRC-32 (IEEE) of all rows best first: fields joined by ':', rows by ',', bids and asks by '|'.</summary>
    public required uint Fingerprint { get; init; }
}
