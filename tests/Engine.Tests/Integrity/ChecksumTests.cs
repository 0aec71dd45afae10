using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>What a venue's checksum proves, and what it breaks.</summary>
public class ChecksumTests
{
    private const long None = Sequence.None;
    private const int Wrong = 12345;
    private const double Minutes = 60;

    /// <summary>The worked examples of the OKX protocol sheet, computed there: two levels a side, and one bid against three asks.</summary>
    [Fact]
    public void The_checksums_of_okx()
    {
        using Market market = Okx();
        Level[] even =
        [
            Text(Side.Bid, "3366.1", "7"), Text(Side.Bid, "3366", "6"), Text(Side.Ask, "3366.8", "9"), Text(Side.Ask, "3368", "8"),
        ];
        Record[] derived = market.Process(Messages.OwnSnapshot(1, None, 10, -1, market.Next(), even).Checked(-1881014294));
        Assert.Equal((Evidence.Checksum, BookState.Live), (derived.Single<BookStateChange>().Evidence, market.State));

        // One bid less, one ask more.
        derived = market.Process(
            Messages.Delta(1, None, 11, 10, market.Next(), Text(Side.Bid, "3366", "0"), Text(Side.Ask, "3372", "8")).Checked(831078360));
        Assert.Empty(derived);
        Assert.Equal((2, 0, Evidence.Checksum), (market.Stream.Totals.ChecksumMatches, market.Stream.Totals.ChecksumMismatches, market.Stream.Evidence));
        Assert.Equal((831078360, ChecksumPresence.Offered), (market.Stream.LastChecksum, market.Stream.LastChecksumPresence));

        static Level Text(Side side, string price, string quantity) => Level.Of(side, price, quantity, 2, 3);
    }

    /// <summary>The real capture in the Bitfinex protocol sheet (section 3.1): exponent prices, 18 bids and 25 asks, one update, then its cs.</summary>
    [Fact]
    public void The_checksum_of_a_real_bitfinex_book()
    {
        using Market market = Market.Own(ContinuityRule.Connection, ChecksumRule.InterleavedSigned, priceDecimals: 9, quantityDecimals: 8);
        string[] bids =
        [
            "0.0000011,271510.49", "0.00000109,500793.10790141", "0.00000108,776367.43", "0.00000107,23329.54842056", "0.00000106,116868.87735849",
            "0.00000105,205000", "0.00000103,227308.25386407", "0.00000102,105000", "0.00000101,2970", "0.000001,21000", "7e-7,10000", "6.6e-7,10000",
            "6e-7,100000", "4.9e-7,10000", "2.5e-7,2000", "6e-8,100000", "5e-8,200000", "1e-8,640000",
        ];
        string[] asks =
        [
            "0.00000111,4847.13", "0.00000112,528102.69042633", "0.00000113,302397.07", "0.00000114,339088.93", "0.00000126,245944.06", "0.00000127,5000",
            "0.0000013,5000", "0.00000134,8249.18938656", "0.00000136,13161.25184766", "0.00000145,2914", "0.0000015,54448.5", "0.00000152,5538.54849594",
            "0.00000153,62691.75475079", "0.00000159,2914", "0.0000016,52631.10296831", "0.00000164,4000", "0.00000166,3831.46784605",
            "0.00000171,14575.17730379", "0.00000174,3124.81815395", "0.0000018,18000", "0.00000182,16000", "0.00000186,4000", "0.00000189,10000.686624",
            "0.00000191,14500", "0.00000193,2422",
        ];
        Level[] levels = [.. bids.Select(row => Row(Side.Bid, row)), .. asks.Select(row => Row(Side.Ask, row))];
        market.Process(Messages.OwnSnapshot(1, None, None, None, market.Next(), levels).Counted(1));
        Assert.Equal(Evidence.Sequence, market.Stream.Evidence);
        market.Process(Messages.Delta(1, None, None, None, market.Next(), Row(Side.Bid, "0.0000011,266122.94")).Counted(2));
        Record[] derived = market.Process(Messages.Checksum(1, -1175357890, market.Next()).Counted(3));

        // The proof got better while the state stayed.
        BookStateChange change = derived.Single<BookStateChange>();
        Assert.Equal((BookState.Live, BookState.Live, Evidence.Checksum), (change.From, (BookState)change.Header.Code, change.Evidence));

        // It is not lost with the next delta, which says nothing of it.
        Assert.Empty(market.Process(Messages.Delta(1, None, None, None, market.Next(), Row(Side.Bid, "6e-8,100001")).Counted(4)));
        Assert.Equal(Evidence.Checksum, market.Stream.Evidence);
        Assert.Equal(
            [RecordKind.Gap, RecordKind.BookStateChange],
            market.Process(Messages.Checksum(1, -1175357890, market.Next()).Counted(5)).Kinds());

        static Level Row(Side side, string row) => Level.Of(side, row.Split(',')[0], row.Split(',')[1], 9, 8);
    }

    [Fact]
    public void The_small_example_of_bitfinex()
    {
        using Market market = Market.Own(ContinuityRule.Connection, ChecksumRule.InterleavedSigned);
        Level[] levels =
        [
            Level.Of(Side.Bid, "6000", "1", 2, 3), Level.Of(Side.Bid, "5900", "2", 2, 3), Level.Of(Side.Ask, "6100", "3", 2, 3), Level.Of(Side.Ask, "6200", "4", 2, 3),
        ];
        market.Process(Messages.OwnSnapshot(1, None, None, None, market.Next(), levels).Counted(1));
        Assert.Single(market.Process(Messages.Checksum(1, 1756193398, market.Next()).Counted(2)));
        Assert.Equal(1, market.Stream.Totals.ChecksumMatches);
    }

    [Fact]
    public void A_mismatch_breaks_the_book_and_empties_it()
    {
        using Market market = Live();
        Record[] derived = market.Process(Messages.Delta(1, None, 11, 10, market.Next(), Bid(99, 1)).Checked(Wrong));
        Gap gap = derived.Single<Gap>();
        Assert.Equal((GapReason.Checksum, Wrong, 10), ((GapReason)gap.Header.Code, gap.Expected, gap.LastSequence));
        Assert.NotEqual(Wrong, gap.Found);
        Assert.Equal((BookState.Broken, 0, 0, Evidence.None), (market.State, market.Book.BidCount, market.Book.AskCount, market.Stream.Evidence));
        Assert.Equal((1, 1, 10), (market.Stream.Totals.ChecksumMismatches, market.Stream.Totals.Gaps, market.Stream.LastSequence));
        Assert.Empty(market.Process(Messages.Delta(1, None, 12, 11, market.Next(), Bid(99, 1)).Checked(Wrong)));
        Assert.Equal(1, market.Stream.Totals.ChecksumMismatches);
        Record[] seal = market.TickAt(1);
        Assert.Equal((1u, 1u), (seal.Proofs().ChecksumMismatches, seal.Counts().Gaps));
    }

    [Fact]
    public void A_live_book_breaks_at_a_snapshot_that_contradicts_itself()
    {
        using Market market = Live();
        Record[] derived = market.Process(Messages.OwnSnapshot(1, None, 20, -1, market.Next(), Bid(99, 1)).Checked(Wrong));
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal((BookState.Broken, 0, 10), (market.State, market.Book.BidCount, market.Stream.LastSequence));
    }

    [Fact]
    public void A_snapshot_that_contradicts_itself_makes_no_book()
    {
        using Market market = Okx();
        Record[] derived = market.Process(Messages.OwnSnapshot(1, None, 20, -1, market.Next(), Bid(102, 1), Ask(99, 1)).Checked(Wrong));
        MessageIgnored ignored = derived.Single<MessageIgnored>();
        Assert.Equal((IgnoreReason.ChecksumMismatch, 20, None), ((IgnoreReason)ignored.Header.Code, ignored.MessageSequence, ignored.BookSequence));
        Assert.Equal((BookState.Empty, 0, PriceRange.Unbounded), (market.State, market.Book.BidCount, market.Stream.KnownRange));
        Assert.Equal(0, market.TickAt(1).Proofs().CrossedNs);
        market.Process(Messages.OwnSnapshot(1, None, 21, -1, market.Next(), Bid(99, 1)).NotOffered());
        Assert.Equal((BookState.Live, Evidence.Sequence), (market.State, market.Stream.Evidence));
    }

    /// <summary>OKX since 2026-06-23: the field is there and says nothing.</summary>
    [Fact]
    public void A_checksum_that_is_not_offered_leaves_the_sequence()
    {
        using Market market = Live();
        Assert.Equal(Evidence.Checksum, market.Stream.Evidence);
        Record[] derived = market.Process(Messages.Delta(1, None, 11, 10, market.Next(), Bid(99, 1)).NotOffered());
        Assert.Equal(Evidence.Sequence, derived.Single<BookStateChange>().Evidence);
        Assert.Empty(market.Process(Messages.Delta(1, None, 12, 11, market.Next(), Bid(98, 1)).NotOffered()));
        Assert.Equal((2, BookState.Live), (market.Stream.Totals.ChecksumsNotOffered, market.State));
        Assert.Equal(3u, market.TickAt(1).Proofs().ChecksumsNotOffered); // the snapshot's too
    }

    [Fact]
    public void Warn_counts_and_keeps_the_book_by_its_sequence()
    {
        using Market market = Live(MismatchPolicy.Warn);
        for (int i = 0; i < 5; i++)
        {
            Record[] derived = market.Process(Messages.Delta(1, None, 11 + i, 10 + i, market.Next(), Bid(99, 1 + i)).Checked(Wrong));
            Assert.Equal(i == 0 ? [RecordKind.BookStateChange] : [], derived.Kinds());
        }

        Assert.Equal((BookState.Live, Evidence.Sequence, 5, 0), (market.State, market.Stream.Evidence, market.Stream.Totals.ChecksumMismatches, market.Stream.Totals.Gaps));
        Assert.False(market.Stream.IsChecksumDistrusted);
    }

    [Theory]
    [InlineData(0, 10 * Minutes, true)]
    [InlineData(0, (10 * Minutes) + 0.001, false)]
    [InlineData(5 * Minutes, 10 * Minutes, true)]
    [InlineData(5 * Minutes, (10 * Minutes) + 0.001, false)]
    public void The_third_mismatch_within_ten_minutes_breaks_nothing_any_more(double second, double third, bool distrusted)
    {
        using Market market = Live();
        const double First = 1;
        Mismatch(market, First);
        Heal(market);
        Mismatch(market, First + Math.Max(second, 0.01));
        Heal(market);
        long sequence = market.Stream.LastSequence;
        market.WaitUntil(First + third);
        Record[] derived = market.Process(Messages.Delta(1, None, sequence + 1, sequence, market.Next(), Bid(99, 1)).Checked(Wrong));
        Assert.Equal(distrusted, market.Stream.IsChecksumDistrusted);
        Assert.Equal(distrusted ? BookState.Live : BookState.Broken, market.State);
        Assert.Equal(3, market.Stream.Totals.ChecksumMismatches);
        Assert.Equal(distrusted ? 2 : 3, market.Stream.Totals.Gaps);
        Assert.Equal(distrusted ? [RecordKind.BookStateChange] : [RecordKind.Gap, RecordKind.BookStateChange], derived.Kinds());
    }

    [Fact]
    public void A_distrusted_checksum_proves_nothing_even_when_it_agrees()
    {
        using Market market = Distrusted();
        long last = market.Stream.LastSequence;
        Record[] agreed = Messages.Delta(1, None, last + 1, last, market.Next());
        Assert.Empty(market.Process(agreed.Checked(PlainChecksum.Of(market.Book, ChecksumRule.Interleaved))));
        Assert.Equal((Evidence.Sequence, BookState.Live), (market.Stream.Evidence, market.State));
        Assert.Empty(market.Process(Messages.Delta(1, None, last + 2, last + 1, market.Next()).Checked(Wrong)));

        // A gap breaks it as before, and the snapshot that heals it need not agree with its checksum.
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange], market.Process(Messages.Delta(1, None, 900, 899, market.Next()).Checked(Wrong)).Kinds());
        Record[] healed = market.Process(Messages.OwnSnapshot(1, None, 950, -1, market.Next(), Bid(1, 1)).Checked(Wrong));
        Assert.Equal(Evidence.Sequence, healed.Single<BookStateChange>().Evidence);
    }

    [Fact]
    public void A_new_connection_is_believed_again_but_two_breaks_in_ten_minutes_remain_the_limit()
    {
        using Market market = Distrusted();
        market.Opened();
        Assert.False(market.Stream.IsChecksumDistrusted);
        Heal(market);
        Assert.Equal(Evidence.Checksum, market.Stream.Evidence);
        long last = market.Stream.LastSequence;
        market.Process(Messages.Delta(1, None, last + 1, last, market.Next(), Bid(99, 1)).Checked(Wrong));
        Assert.Equal((BookState.Live, true), (market.State, market.Stream.IsChecksumDistrusted));

        // Much later a mismatch is one again.
        market.Opened();
        Heal(market);
        Mismatch(market, 3 * 3600);
        Assert.Equal((BookState.Broken, false), (market.State, market.Stream.IsChecksumDistrusted));
    }

    [Fact]
    public void A_checksum_of_its_own_that_differs_leaves_no_sign_of_life()
    {
        using Market market = Market.Own(ContinuityRule.None, ChecksumRule.InterleavedSigned, evidence: Evidence.None);
        Assert.Empty(market.Process(Messages.Checksum(1, Wrong, market.Next())));
        market.Whole(None, None, None, Bid(100, 1), Ask(101, 1));
        Assert.Equal(Evidence.None, market.Stream.Evidence);
        market.TickAt(40);
        Assert.Equal(BookState.Stale, market.State);
        Record[] derived = market.Process(Messages.Checksum(1, Wrong, market.Next()));
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal(BookState.Stale, derived.Single<BookStateChange>().From);
        market.Whole(None, None, None, Bid(100, 1), Ask(101, 1));
        market.TickAt(80);

        // One that agrees is a sign of life and a proof.
        derived = market.Process(Messages.Checksum(1, PlainChecksum.Of(market.Book, ChecksumRule.InterleavedSigned), market.Next()));
        Assert.Equal([RecordKind.BookStateChange], derived.Kinds()[..1]);
        Assert.Equal((BookState.Live, Evidence.Checksum), (market.State, market.Stream.Evidence));
    }

    /// <summary>Levels written with all decimals that the instrument has: the checksum needs text that is exact.</summary>
    private static Level Bid(long ticks, long lots) => Level.Bid(ticks, lots) with { Form = TextForm.Of(2, 3) };

    private static Level Ask(long ticks, long lots) => Level.Ask(ticks, lots) with { Form = TextForm.Of(2, 3) };

    private static Market Okx(MismatchPolicy policy = MismatchPolicy.Resync) => Market.Own(ContinuityRule.Link, ChecksumRule.Interleaved, policy, 400);

    /// <summary>A live book that stands at sequence 10, proven by its checksum.</summary>
    private static Market Live(MismatchPolicy policy = MismatchPolicy.Resync)
    {
        Market market = Okx(policy);
        market.Process(Messages.OwnSnapshot(1, None, 9, -1, market.Next(), Bid(100, 1), Ask(101, 2)).NotOffered());
        market.Process(Messages.Delta(1, None, 10, 9, market.Next()).Checked(PlainChecksum.Of(market.Book, ChecksumRule.Interleaved)));
        Assert.Equal(Evidence.Checksum, market.Stream.Evidence);
        market.Logic.ForgetTotals();
        return market;
    }

    private static void Mismatch(Market market, double at)
    {
        market.WaitUntil(at);
        long last = market.Stream.LastSequence;
        market.Process(Messages.Delta(1, None, last + 1, last, market.Next(), Bid(99, 1)).Checked(Wrong));
        Assert.Equal(BookState.Broken, market.State);
    }

    private static void Heal(Market market)
    {
        using Market same = Okx();
        same.Whole(None, 100, -1, Bid(100, 1), Ask(101, 2));
        int checksum = PlainChecksum.Of(same.Book, ChecksumRule.Interleaved);
        market.Process(Messages.OwnSnapshot(1, None, 100, -1, market.Next(), Bid(100, 1), Ask(101, 2)).Checked(checksum));
        Assert.Equal(BookState.Live, market.State);
    }

    private static Market Distrusted()
    {
        Market market = Live();
        Mismatch(market, 1);
        Heal(market);
        Mismatch(market, 2);
        Heal(market);
        market.Process(Messages.Delta(1, None, 101, 100, market.Next(), Bid(99, 1)).Checked(Wrong));
        Assert.Equal((true, BookState.Live, Evidence.Sequence), (market.Stream.IsChecksumDistrusted, market.State, market.Stream.Evidence));
        return market;
    }
}
