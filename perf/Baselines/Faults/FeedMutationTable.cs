using System.Text;
using static Lob.Fast.Baselines.Fault;
using static Lob.Fast.Baselines.FaultShown;
using static Lob.Fast.Baselines.MutatedMessage;
using static Lob.Fast.Baselines.SimpleBookState;

namespace Lob.Fast.Baselines.Faults;

/// <summary>
/// What becomes of each fault on the feeds whose snapshots come in the stream: derived from what a feed numbers and what its checksums cover, and
/// checked by replaying recordings with that fault. A table of <c>docs/MUTATIONS.md</c> is this as text.
/// </summary>
public static class FeedMutationTable
{
    private static readonly string[] Cases =
    [
        FeedCases.Any, FeedCases.Best, FeedCases.Deeper, FeedCases.Same, FeedCases.Raised, FeedCases.RaisedByOne, FeedCases.Lowered, FeedCases.Equal, FeedCases.OrderBroken,
    ];

    private static readonly FeedOutcome Nothing = new(Harmless, Live, IsRight: true);

    /// <summary>Each message, fault and case that any feed has.</summary>
    public static IEnumerable<(MutatedMessage Message, Fault Fault, string Case)> Rows =>
        from message in new[] { Delta, Snapshot, Checksum, Other }
        from fault in Enum.GetValues<Fault>()
        from of in Cases
        where MutatedFeed.All.Any(feed => OutcomeOf(feed, message, fault, of) is not null)
        select (message, fault, of);

    /// <summary>What becomes of a fault; null = the feed has none like it.</summary>
    public static FeedOutcome? OutcomeOf(MutatedFeed feed, MutatedMessage message, Fault fault, string of) => message switch
    {
        Delta => OfDelta(feed, fault, of),
        Snapshot => OfSnapshot(feed, fault, of),
        Checksum => feed.Checksum == FeedChecksum.Apart ? OfChecksum(feed, fault, of) : null,
        Other => feed == MutatedFeed.Okx ? null : OfOther(feed, fault, of),
        _ => null,
    };

    /// <summary>The table as Markdown: a row a fault, a column a feed.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder("| message | fault | case |");
        foreach (MutatedFeed feed in MutatedFeed.All)
        {
            text.Append($" {feed.Name} |");
        }

        text.Append("\n|---|---|---|").Append(string.Concat(Enumerable.Repeat("---|", MutatedFeed.All.Count))).Append('\n');
        foreach ((MutatedMessage message, Fault fault, string of) in Rows)
        {
            text.Append($"| {Words(message)} | {Words(fault)} | {of} |");
            foreach (MutatedFeed feed in MutatedFeed.All)
            {
                text.Append($" {Words(OutcomeOf(feed, message, fault, of))} |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static FeedOutcome? OfDelta(MutatedFeed feed, Fault fault, string of)
    {
        bool counted = feed.Sequence == FeedSequence.Frames;
        switch (fault)
        {
            // A gap; without numbers, as right as if the venue had not said it.
            case Dropped:
                return feed.Sequence == FeedSequence.None ? Content(feed, of, NextMessage) : Broke(NextMessage, of, counted);
            case Repeated:
                return of == FeedCases.Any ? Nothing : null;
            case Swapped:
                return feed.Sequence == FeedSequence.None ? Content(feed, of, AtOnce) : Broke(AtOnce, of, counted);
            case PriceAltered or QuantityAltered:
                return Content(feed, of, AtOnce);
            case OrderCountAltered:
                return OrderCount(feed, of);
            case LastSequenceAltered when feed.Sequence == FeedSequence.Messages:
                // A lower one with a seq that has gone on is no old message.
                return of switch
                {
                    FeedCases.Raised => Broke(AtOnce),
                    FeedCases.Lowered => Broke(AtOnce),
                    _ => null,
                };
            case LastSequenceAltered when feed.Sequence == FeedSequence.Links:
                return Broke(NextMessage, of);
            case LastSequenceAltered:
                return Counted(feed, of, AtOnce);
            case PreviousSequenceAltered:
                return feed.Sequence == FeedSequence.Links ? Broke(AtOnce, of) : null;
            case ChecksumAltered:
                return feed.Patterns == FeedPatterns.Okx ? Broke(AtOnce, of) : null;
            case SymbolAltered:
                return feed.Patterns.Symbol is null ? null : Broke(AtOnce, of);
            case StreamNameAltered when feed.Patterns.Symbol is not null:
                // Not the symbol inside, and no stream of that name is known.
                return Broke(AtOnce, of, all: true);
            case StreamNameAltered:
                // As if dropped; but it has been counted.
                return feed.Sequence == FeedSequence.Links ? Broke(NextMessage, of) : Content(feed, of, NextMessage);
            case Truncated:
                // Its number is taken for the next one, whatever it was.
                return Broke(AtOnce, of);
            case TruncatedEarly:
                return Broke(AtOnce, of, all: true);
            default:
                return null;
        }
    }

    private static FeedOutcome? OfSnapshot(MutatedFeed feed, Fault fault, string of)
    {
        bool counted = feed.Sequence == FeedSequence.Frames;

        // Before their snapshot streams are not known, so a rejection cannot name them; on Bitfinex the answer to the subscription came before.
        bool isNamed = feed.Patterns == FeedPatterns.Bitfinex;
        switch (fault)
        {
            case Dropped:
                return None(feed, of, counted);
            case Repeated:
                return of == FeedCases.Any ? Nothing : null;
            case Swapped:
                // The message that should have followed finds no book.
                return feed.Sequence switch
                {
                    FeedSequence.None => Content(feed, of, NextMessage),
                    FeedSequence.Frames => Broke(AtOnce, of, all: true),
                    _ => Broke(NextMessage, of),
                };
            case PriceAltered when of == FeedCases.OrderBroken:
                return None(feed, FeedCases.Any, all: !isNamed);
            case PriceAltered or QuantityAltered:
                return of == FeedCases.Same ? null
                    : of == FeedCases.Best && feed.Checksum == FeedChecksum.InEach ? None(feed, FeedCases.Any, all: false)
                    : Content(feed, of, AtOnce);
            case OrderCountAltered:
                return OrderCount(feed, of);
            case LastSequenceAltered when feed.Sequence == FeedSequence.Messages:
                // What follows is below the altered number, and its seq has gone on.
                return of switch
                {
                    FeedCases.Raised => Broke(NextMessage),
                    FeedCases.Lowered => Broke(NextMessage),
                    _ => null,
                };
            case LastSequenceAltered when feed.Sequence == FeedSequence.Links:
                return Broke(NextMessage, of);
            case LastSequenceAltered when !counted:
                return null;
            case LastSequenceAltered:
                return of switch
                {
                    FeedCases.Equal => None(feed, FeedCases.Any, all: true),

                    // The snapshot makes its own book live behind the gap, and the frame after it looks like a repeat.
                    FeedCases.RaisedByOne => new FeedOutcome(AtOnce, Live, IsRight: false, BreaksAll: true),
                    _ => Counted(feed, of, AtOnce),
                };
            case ChecksumAltered:
                return feed.Patterns == FeedPatterns.Okx ? None(feed, of, all: false) : null;
            case SymbolAltered:
                return feed.Patterns.Symbol is null ? null : None(feed, of, all: true);
            case StreamNameAltered:
                return None(feed, of, feed.Patterns.Symbol is not null);
            case Truncated:
                return None(feed, of, all: !isNamed);
            case TruncatedEarly:
                return None(feed, of, all: true);
            default:
                return null;
        }
    }

    private static FeedOutcome? OfChecksum(MutatedFeed feed, Fault fault, string of)
    {
        bool counted = feed.Sequence == FeedSequence.Frames;
        return fault switch
        {
            Dropped when counted => Broke(NextMessage, of, all: true),
            Dropped or Repeated or StreamNameAltered => of == FeedCases.Any ? Nothing : null,
            Swapped => counted ? Broke(AtOnce, of, all: true) : of == FeedCases.Deeper ? Nothing : Content(feed, of, AtOnce),
            ChecksumAltered => Broke(AtOnce, of),
            LastSequenceAltered => Counted(feed, of, AtOnce),
            Truncated => Broke(AtOnce, of),
            TruncatedEarly => Broke(AtOnce, of, all: true),
            _ => null,
        };
    }

    private static FeedOutcome? OfOther(MutatedFeed feed, Fault fault, string of)
    {
        bool counted = feed.Sequence == FeedSequence.Frames;
        return fault switch
        {
            LastSequenceAltered => Counted(feed, of, AtOnce),
            _ when of != FeedCases.Any => null,
            Dropped => counted ? Broke(NextMessage, of, all: true) : Nothing,
            Repeated => Nothing,
            Swapped => counted ? Broke(AtOnce, of, all: true) : Nothing,
            Truncated => new FeedOutcome(AtOnce, Live, IsRight: true),
            TruncatedEarly => Broke(AtOnce, of, all: true),
            _ => null,
        };
    }

    // What the levels come to, where no number tells that anything happened.
    private static FeedOutcome? Content(MutatedFeed feed, string of, FaultShown shown) => (of, feed.Checksum) switch
    {
        (FeedCases.Same, _) => Nothing,
        (FeedCases.Best, FeedChecksum.InEach) => Broke(shown),
        (FeedCases.Best, FeedChecksum.Apart) => Broke(NextChecksum),
        (FeedCases.Deeper, FeedChecksum.InEach or FeedChecksum.Apart) => new FeedOutcome(Perhaps, State: null, IsRight: false),
        (FeedCases.Best or FeedCases.Deeper, _) => new FeedOutcome(Perhaps, Live, IsRight: false),
        _ => null,
    };

    // No checksum covers the number of orders.
    private static FeedOutcome? OrderCount(MutatedFeed feed, string of) =>
        feed.Patterns.OrderCount is not null && of == FeedCases.Any ? new FeedOutcome(Never, Live, IsRight: false) : null;

    // The same number as before is taken for the same frame; the next one shows that one is missing.
    private static FeedOutcome? Counted(MutatedFeed feed, string of, FaultShown shown) => (feed.Sequence, of) switch
    {
        (FeedSequence.Frames, FeedCases.Equal) => Broke(NextMessage, FeedCases.Any, all: true),
        (FeedSequence.Frames, FeedCases.Raised or FeedCases.Lowered) => Broke(shown, FeedCases.Any, all: true),
        _ => null,
    };

    private static FeedOutcome Broke(FaultShown shown) => new(shown, Broken, IsRight: true);

    private static FeedOutcome? Broke(FaultShown shown, string of, bool all = false) =>
        of == FeedCases.Any ? new FeedOutcome(shown, Broken, IsRight: true, all) : null;

    // On OKX updates without a snapshot wait for one that may be asked for apart.
    private static FeedOutcome? None(MutatedFeed feed, string of, bool all) => of == FeedCases.Any
        ? new FeedOutcome(NotLive, feed.Patterns == FeedPatterns.Okx ? Bridging : Empty, IsRight: true, all)
        : null;

    private static string Words(FeedOutcome? outcome)
    {
        if (outcome is null)
        {
            return "–";
        }

        string shown = outcome.Shown switch
        {
            AtOnce => "at once",
            NextMessage => "next message",
            NextChecksum => "next checksum",
            NotLive => "never live",
            Perhaps => "**perhaps**",
            Never => "**never**",
            Harmless => "nothing to show",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not so on these feeds"),
        };
        string state = outcome switch
        {
            { Shown: NotLive } => "",
            { State: Broken } => ", Broken",
            { Shown: AtOnce, State: Live } => ", Live",
            _ => "",
        };
        return $"{shown}{state}{(outcome.BreaksAll ? ", all" : "")}";
    }

    private static string Words(MutatedMessage message) => message switch
    {
        Delta => "update",
        Snapshot => "snapshot",
        Checksum => "checksum",
        _ => "no book",
    };

    private static string Words(Fault fault) => fault switch
    {
        Dropped => "dropped",
        Repeated => "repeated",
        Swapped => "swapped with the next",
        PriceAltered => "price altered",
        QuantityAltered => "quantity altered",
        OrderCountAltered => "order count altered",
        LastSequenceAltered => "sequence altered",
        PreviousSequenceAltered => "`prevSeqId` altered",
        ChecksumAltered => "checksum altered",
        SymbolAltered => "symbol altered",
        StreamNameAltered => "stream altered",
        Truncated => "truncated behind the name",
        TruncatedEarly => "truncated inside the name",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a fault of these feeds"),
    };
}
