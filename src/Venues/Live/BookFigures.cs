using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Venues.Live;

/// <summary>One book as it stood at a whole second, for views and metrics.</summary>
public readonly record struct BookFigures
{
    /// <summary>Market.</summary>
    public Venue Venue { get; init; }

    /// <summary>Symbol in the venue's own words.</summary>
    public string Symbol { get; init; }

    /// <summary>Channel in the venue's own words.</summary>
    public string Channel { get; init; }

    /// <summary>Number of the connection that brings it.</summary>
    public ushort Connection { get; init; }

    /// <summary>State of the book.</summary>
    public BookState State { get; init; }

    /// <summary>What proves it.</summary>
    public Evidence Evidence { get; init; }

    /// <summary>Bid levels held.</summary>
    public int Bids { get; init; }

    /// <summary>Ask levels held.</summary>
    public int Asks { get; init; }

    /// <summary>Best bid; quantity 0 = none.</summary>
    public BookLevel BestBid { get; init; }

    /// <summary>Best ask; quantity 0 = none.</summary>
    public BookLevel BestAsk { get; init; }

    /// <summary>Decimals of prices.</summary>
    public int PriceDecimals { get; init; }

    /// <summary>Decimals of quantities.</summary>
    public int QuantityDecimals { get; init; }

    /// <summary>Last sequence applied; <see cref="Sequence.None"/>.</summary>
    public long LastSequence { get; init; }

    /// <summary>Digest of all levels.</summary>
    public Digest128 Digest { get; init; }

    /// <summary>Counts since the start.</summary>
    public StreamTotals Totals { get; init; }
}
