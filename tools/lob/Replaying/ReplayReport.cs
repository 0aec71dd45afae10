using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Replaying;

/// <summary>What a replay showed. A copy: the engine is gone when it is read.</summary>
internal sealed record ReplayReport
{
    public required SequencerTotals Input { get; init; }

    public required EngineTotals Engine { get; init; }

    public required IReadOnlyList<BookReport> Books { get; init; }

    public required IReadOnlyDictionary<string, long> UnknownEvents { get; init; }

    public required IReadOnlyDictionary<string, long> Control { get; init; }

    public required string ChainHead { get; init; }

    public required long ElapsedNs { get; init; }

    /// <summary>What recovery found in a journal that was continued.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>The first rejected frames, in words.</summary>
    public required IReadOnlyList<string> Rejections { get; init; }

    /// <summary>Rejected frames by reason.</summary>
    public required IReadOnlyDictionary<RejectReason, long> RejectedByReason { get; init; }

    /// <summary>Why a strict replay stopped; null if it did not.</summary>
    public required string? BuildFail { get; init; }

    public long Sum(Func<StreamTotals, long> count) => Books.Sum(book => count(book.Totals));

    /// <summary>One book stream at the end.</summary>
    internal sealed record BookReport
    {
        public required Venue Venue { get; init; }

        public required string Symbol { get; init; }

        public required string Channel { get; init; }

        public required BookState State { get; init; }

        public required Evidence Evidence { get; init; }

        public required int Bids { get; init; }

        public required int Asks { get; init; }

        /// <summary>Price and quantity in the venue's text; null when the side is empty.</summary>
        public required (string Price, string Quantity)? BestBid { get; init; }

        public required (string Price, string Quantity)? BestAsk { get; init; }

        /// <summary>Null where nothing is cut off.</summary>
        public required string? KnownLow { get; init; }

        public required string? KnownHigh { get; init; }

        public required long LastSequence { get; init; }

        public required Digest128 Digest { get; init; }

        public required StreamTotals Totals { get; init; }

        public required IReadOnlyList<BridgeReport> Bridges { get; init; }
    }
}
