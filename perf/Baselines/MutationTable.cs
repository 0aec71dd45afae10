using System.Text;
using static Lob.Fast.Baselines.Fault;
using static Lob.Fast.Baselines.FaultShown;
using static Lob.Fast.Baselines.MutatedMessage;
using static Lob.Fast.Baselines.SimpleBookState;

namespace Lob.Fast.Baselines;

/// <summary>
/// What becomes of each fault on Binance: derived from the sequence rules, and checked by replaying recordings with that fault.
/// <c>docs/MUTATIONS.md</c> is this list as text.
/// </summary>
public static class MutationTable
{
    /// <summary>All rows, spot first.</summary>
    public static IReadOnlyList<MutationRule> Rules { get; } = [.. RulesOf(isSpot: true), .. RulesOf(isSpot: false)];

    /// <summary>The row of a fault.</summary>
    public static MutationRule RuleOf(BinanceMarket market, Mutation mutation) => Rules.Single(rule =>
        rule.IsSpot == (market == BinanceMarket.Spot) && rule.Message == mutation.Message && rule.Fault == mutation.Fault && rule.Case == mutation.Case);

    /// <summary>The tables of <c>docs/MUTATIONS.md</c>, as Markdown.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder();
        foreach (bool isSpot in new[] { true, false })
        {
            text.Append(isSpot ? "## Spot\n\n" : "\n## USD-M and COIN-M futures\n\n");
            text.Append("| message | fault | case | shown | book from then on | levels claimed are right | why |\n|---|---|---|---|---|---|---|\n");
            foreach (MutationRule rule in Rules.Where(rule => rule.IsSpot == isSpot))
            {
                text.Append($"| {Words(rule.Message)} | {Words(rule.Fault)} | {rule.Case} | {Words(rule.Shown)} | {rule.State} | ");
                text.Append($"{(rule.BookIsRight ? "yes" : "**no**")} | {rule.Why} |\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<MutationRule> RulesOf(bool isSpot) =>
        DeltaRules(isSpot).Concat(SnapshotRules(isSpot)).Concat(TickerRules(isSpot)).Concat(TradeRules(isSpot));

    private static IEnumerable<MutationRule> DeltaRules(bool isSpot)
    {
        MutationRule Rule(Fault fault, string of, FaultShown shown, SimpleBookState state, bool right, string why) =>
            new(isSpot, Delta, fault, of, shown, state, right, why);

        const string Any = MutationCases.Any;
        yield return Rule(Dropped, Any, NextMessage, Broken, true, isSpot
            ? "the next `U` is above `u` + 1 of the last one"
            : "the next `pu` names a message that did not come");
        yield return Rule(Repeated, Any, Harmless, Live, true, isSpot
            ? "`u` is not above the last one: ignored, counted as a duplicate"
            : "same `U`, `u`, `pu`, and all rows are in the book: ignored, counted as a duplicate");
        yield return Rule(Swapped, Any, AtOnce, Broken, true, "the later one does not follow the last one applied");
        yield return Rule(PriceAltered, Any, TickerProof, Live, false, "sequence numbers say nothing of the rows");
        yield return Rule(QuantityAltered, Any, TickerProof, Live, false, "sequence numbers say nothing of the rows");
        yield return Rule(FirstSequenceAltered, MutationCases.AboveLast, AtOnce, Broken, true, "rejected: a range that ends before it starts");
        if (isSpot)
        {
            yield return Rule(FirstSequenceAltered, MutationCases.FirstRaised, AtOnce, Broken, true, "`U` is above the last `u` + 1");
            yield return Rule(FirstSequenceAltered, MutationCases.FirstLowered, Harmless, Live, true, "an overlap is allowed, and the rows are absolute");
        }
        else
        {
            yield return Rule(FirstSequenceAltered, MutationCases.FirstElse, Harmless, Live, true, "`U` is used for joining a snapshot only");
        }

        yield return Rule(LastSequenceAltered, MutationCases.LastBelowFirst, AtOnce, Broken, true, "rejected: a range that ends before it starts");
        if (isSpot)
        {
            yield return Rule(LastSequenceAltered, MutationCases.LastLowered, NextMessage, Broken, true, "the next `U` is above the altered `u` + 1");
            yield return Rule(LastSequenceAltered, MutationCases.LastRaisedLittle, TickerProof, Live, true,
                "the next one overlaps it and is applied whole; a ticker that has the altered id may disagree");
            yield return Rule(LastSequenceAltered, MutationCases.LastRaisedFar, TickerProof, Live, false,
                "what follows up to the altered `u` looks like old news and is ignored; many duplicates at once, or a book that grows stale, are the only other signs");
        }
        else
        {
            yield return Rule(LastSequenceAltered, MutationCases.LastElse, NextMessage, Broken, true, "the next `pu` is not the altered `u`");
            yield return Rule(PreviousSequenceAltered, Any, AtOnce, Broken, true, "`pu` is not the last `u`");
        }

        yield return Rule(SymbolAltered, Any, AtOnce, Broken, true, "rejected: not the symbol of the stream name");
        yield return Rule(StreamNameAltered, Any, AtOnce, Broken, true,
            "rejected: not the symbol in the message; no known stream has that name, so every book of the connection breaks");
        yield return Rule(Truncated, Any, AtOnce, Broken, true, "rejected; the stream name tells whose book it was");
        yield return Rule(TruncatedEarly, Any, AtOnce, Broken, true, "rejected; every book of the connection breaks");
    }

    private static IEnumerable<MutationRule> SnapshotRules(bool isSpot)
    {
        MutationRule Rule(Fault fault, string of, FaultShown shown, SimpleBookState state, bool right, string why) =>
            new(isSpot, Snapshot, fault, of, shown, state, right, why);

        const string Any = MutationCases.Any;
        yield return Rule(Dropped, Any, NotLive, Bridging, true, "there is no book without it");
        yield return Rule(Repeated, Any, Harmless, Live, true, "a live book does not take a snapshot; a waiting one loads the same again");
        yield return Rule(Swapped, Any, Harmless, Live, true, "deltas are buffered, so where it stands among them does not matter");
        yield return Rule(PriceAltered, MutationCases.OrderBroken, NotLive, Bridging, true, "rejected: rows must be sorted best first");
        yield return Rule(PriceAltered, MutationCases.OrderKept, TickerProof, Live, false, "nothing covers the rows, until a delta touches the level");
        yield return Rule(QuantityAltered, Any, TickerProof, Live, false, "nothing covers the rows, until a delta touches the level");
        yield return Rule(LastSequenceAltered, MutationCases.SameDeltasUsed, Harmless, Live, true, "it joins at the same delta");
        yield return Rule(LastSequenceAltered, MutationCases.MoreDeltasUsed, TickerProof, Live, true,
            "deltas it already holds are applied again: rows are absolute, and the last of them says what it says; tickers may disagree with what lies between");
        yield return Rule(LastSequenceAltered, MutationCases.BeforeBuffer, NotLive, Bridging, true, "too old: something between it and the buffer is missing");
        yield return Rule(LastSequenceAltered, MutationCases.DeltasSkipped, TickerProof, Live, false, "it claims to hold what it does not");
        yield return Rule(LastSequenceAltered, MutationCases.BeyondRecording, NotLive, Bridging, true, "the joining delta never comes");
        if (!isSpot)
        {
            yield return Rule(SymbolAltered, Any, NotLive, Bridging, true, "the book of another symbol (COIN-M; the others do not name one)");
        }

        yield return Rule(Truncated, Any, NotLive, Bridging, true, "rejected");
        yield return Rule(TruncatedEarly, Any, NotLive, Bridging, true, "rejected; live books of the same connection break");
    }

    private static IEnumerable<MutationRule> TickerRules(bool isSpot)
    {
        MutationRule Rule(Fault fault, string of, FaultShown shown, SimpleBookState state, string why) =>
            new(isSpot, Ticker, fault, of, shown, state, BookIsRight: true, why);

        const string Any = MutationCases.Any;
        yield return Rule(Dropped, Any, Harmless, Live, "at most one comparison less");
        yield return Rule(Repeated, Any, Harmless, Live, "each id is compared once");
        yield return Rule(Swapped, Any, Harmless, Live, "whichever came first, the ids find each other");
        yield return Rule(PriceAltered, MutationCases.IdOfDelta, TickerProof, Live, "a disagreement is counted; it never changes the state");
        yield return Rule(PriceAltered, MutationCases.IdOfNoDelta, Never, Live, "nothing to compare it with");
        yield return Rule(QuantityAltered, MutationCases.IdOfDelta, TickerProof, Live, "a disagreement is counted; it never changes the state");
        yield return Rule(QuantityAltered, MutationCases.IdOfNoDelta, Never, Live, "nothing to compare it with");
        yield return Rule(LastSequenceAltered, Any, TickerProof, Live, "one comparison less; or, by accident, one with the wrong book");
        yield return Rule(SymbolAltered, Any, AtOnce, Live, "rejected; the stream name tells that no book is concerned");
        yield return Rule(StreamNameAltered, Any, AtOnce, Broken, "rejected; no known stream has that name, so every book of the connection breaks");
        yield return Rule(Truncated, Any, AtOnce, Live, "rejected; the stream name tells that no book is concerned");
        yield return Rule(TruncatedEarly, Any, AtOnce, Broken, "rejected; it might have been a delta, so every book of the connection breaks");
    }

    private static IEnumerable<MutationRule> TradeRules(bool isSpot)
    {
        MutationRule Rule(Fault fault, FaultShown shown, SimpleBookState state, string why) =>
            new(isSpot, MutatedMessage.Trade, fault, MutationCases.Any, shown, state, BookIsRight: true, why);

        yield return Rule(Dropped, Never, Live, "books do not depend on trades, and trade ids are not checked for holes");
        yield return Rule(Repeated, Never, Live, "recorded twice, with the same trade id");
        yield return Rule(Swapped, Never, Live, "recorded in the order of arrival");
        yield return Rule(PriceAltered, Never, Live, "nothing covers a trade's content");
        yield return Rule(QuantityAltered, Never, Live, "nothing covers a trade's content");
        yield return Rule(LastSequenceAltered, Never, Live, "trade ids are kept, not checked");
        yield return Rule(SymbolAltered, AtOnce, Live, "rejected; the stream name tells that no book is concerned");
        yield return Rule(StreamNameAltered, AtOnce, Broken, "rejected; no known stream has that name, so every book of the connection breaks");
        yield return Rule(Truncated, AtOnce, Live, "rejected; the stream name tells that no book is concerned");
        yield return Rule(TruncatedEarly, AtOnce, Broken, "rejected; it might have been a delta, so every book of the connection breaks");
    }

    private static string Words(MutatedMessage message) => message switch
    {
        Delta => "delta",
        Snapshot => "REST snapshot",
        Ticker => "ticker",
        MutatedMessage.Trade => "trade",
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "not a message of Binance"),
    };

    private static string Words(Fault fault) => fault switch
    {
        Dropped => "dropped",
        Repeated => "repeated",
        Swapped => "swapped with the next",
        PriceAltered => "price altered",
        QuantityAltered => "quantity altered",
        FirstSequenceAltered => "`U` altered",
        LastSequenceAltered => "`u`, `lastUpdateId` or trade id altered",
        PreviousSequenceAltered => "`pu` altered",
        SymbolAltered => "symbol altered",
        StreamNameAltered => "stream name altered",
        Truncated => "truncated behind the stream name",
        TruncatedEarly => "truncated inside the stream name",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a fault of Binance"),
    };

    private static string Words(FaultShown shown) => shown switch
    {
        AtOnce => "at once",
        NextMessage => "with the next message",
        NotLive => "never live",
        TickerProof => "ticker proof at most",
        Never => "never",
        Harmless => "nothing to show",
        _ => throw new ArgumentOutOfRangeException(nameof(shown), shown, "not so on Binance"),
    };
}
