using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

/// <summary>
/// The count of frames over a whole connection (Bitfinex with SEQ_ALL, Coinbase Advanced Trade): connection 1 has books A and B, trades and heartbeats,
/// connection 2 a book C.
/// </summary>
public sealed class ConnectionChainTests : IDisposable
{
    private const uint A = 1;
    private const uint B = 2;
    private const uint Trades = 3;
    private const uint Heartbeats = 4;
    private const uint C = 5;
    private const long None = Sequence.None;

    private readonly Market _market = new(declare: false);

    public ConnectionChainTests()
    {
        _market.Process(Messages.Instrument(1, 1, 2, 3, _market.NowNs));
        Declare(A, 1, StreamRole.Book, 1);
        Declare(B, 1, StreamRole.Book, 1);
        Declare(Trades, 1, StreamRole.Trades, 1);
        Declare(Heartbeats, 0, StreamRole.Heartbeats, 1);
        Declare(C, 1, StreamRole.Book, 2);
        Whole(A, 1);
        Whole(B, 2);
        Whole(C, 1);
        Assert.Equal("Live Live Live", States);
    }

    private string States => string.Join(' ', _market.Logic.Books.Select(static book => book.State));

    public void Dispose() => _market.Dispose();

    [Fact]
    public void Frames_of_all_streams_follow_each_other()
    {
        Assert.Empty(Delta(A, 3));
        Assert.Empty(Trade(4));
        Assert.Empty(Heartbeat(5));
        Assert.Empty(Delta(B, 6));
        Assert.Empty(Delta(C, 2));
        Assert.Equal("Live Live Live", States);
        Assert.Equal((3, 6, 2), (_market.Logic.Books[0].LastSequence, _market.Logic.Books[1].LastSequence, _market.Logic.Books[2].LastSequence));
    }

    [Fact]
    public void A_hole_breaks_every_book_of_the_connection_and_no_other()
    {
        Record[] derived = Trade(5);
        Assert.Equal([RecordKind.Gap, RecordKind.BookStateChange, RecordKind.Gap, RecordKind.BookStateChange], derived.Kinds());
        Assert.Equal([A, A, B, B], derived.Select(static record => record.Header.StreamId));
        Gap gap = Record.Read<Gap>(derived[0]);
        Assert.Equal((GapReason.Sequence, 3, 5, 1), ((GapReason)gap.Header.Code, gap.Expected, gap.Found, gap.LastSequence));
        Assert.Equal("Broken Broken Live", States);

        // The count goes on from there, and a snapshot of each heals it.
        Assert.Empty(Delta(A, 6));
        Assert.Equal([RecordKind.Resync, RecordKind.BookStateChange], Whole(B, 7).Kinds());
        Assert.Equal("Broken Live Live", States);
        Assert.Equal((1, 1, 0), (_market.Logic.Books[0].Totals.Gaps, _market.Logic.Books[1].Totals.Gaps, _market.Logic.Books[2].Totals.Gaps));
    }

    [Fact]
    public void The_gap_of_the_messages_own_book_stands_right_behind_it()
    {
        Record[] derived = Delta(B, 4);
        Assert.Equal([B, B, A, A], derived.Select(static record => record.Header.StreamId));
        Assert.Equal(0, _market.Logic.Books[1].Book.QuantityAt(Side.Bid, 50));
    }

    [Fact]
    public void A_snapshot_behind_a_hole_mends_its_own_book()
    {
        Record[] derived = Whole(A, 9);
        Assert.Equal(
            [
                RecordKind.Gap, RecordKind.BookStateChange, RecordKind.Gap, RecordKind.BookStateChange, RecordKind.Resync, RecordKind.BookStateChange,
            ],
            derived.Kinds());
        Assert.Equal("Live Broken Live", States);
        Assert.Equal((9, 1, 1), (_market.Logic.Books[0].LastSequence, _market.Logic.Books[0].Totals.Gaps, _market.Logic.Books[0].Totals.Resyncs));
    }

    [Fact]
    public void A_hole_at_a_heartbeat_breaks_them_too()
    {
        Assert.Equal(4, Heartbeat(4).Length);
        Assert.Equal("Broken Broken Live", States);
    }

    [Fact]
    public void Further_messages_of_a_frame_are_part_of_it()
    {
        Assert.Empty(Delta(A, 3));
        Assert.Empty(Further(B, 3));
        Assert.Empty(_market.Process(Messages.Trade(Trades, _market.Next(), 100, 1).Counted(3, further: true).On(1)));
        Assert.Empty(Delta(A, 4));
        Assert.Equal("Live Live Live", States);
        Assert.Equal((2L, 2L), (_market.Logic.Books[0].Totals.Applied - 1, _market.Logic.Books[1].Totals.Applied));
    }

    [Fact]
    public void A_frame_that_comes_again_is_ignored_with_all_its_messages()
    {
        Delta(A, 3);
        Further(B, 3);
        Delta(A, 4);
        for (int i = 0; i < 3; i++)
        {
            MessageIgnored ignored = Delta(A, 4).Single<MessageIgnored>();
            Assert.Equal((IgnoreReason.Duplicate, 4, 4), ((IgnoreReason)ignored.Header.Code, ignored.MessageSequence, ignored.BookSequence));
            Assert.Equal([RecordKind.MessageIgnored], Further(B, 4).Kinds());
            Assert.Equal([RecordKind.MessageIgnored], Whole(B, 4).Kinds());
        }

        // Of a stream without a book as well: its trades were there.
        Old(Trade(4), Trades);
        Old(Heartbeat(4), Heartbeats);
        Assert.Empty(Delta(A, 5));
        Assert.Empty(Further(B, 5));
        Assert.Equal((3, 6), (_market.Logic.Books[0].Totals.Duplicates, _market.Logic.Books[1].Totals.Duplicates));

        static void Old(Record[] derived, uint stream)
        {
            MessageIgnored record = derived.Single<MessageIgnored>();
            Assert.Equal((stream, None), (record.Header.StreamId, record.BookSequence));
        }
    }

    [Fact]
    public void A_count_that_falls_has_started_anew_and_breaks_the_books()
    {
        Delta(A, 3);
        Assert.Equal(4, Trade(1).Length);
        Assert.Equal("Broken Broken Live", States);
        Assert.Equal(2, Whole(A, 2).Length);
        Assert.Empty(Delta(A, 3));
    }

    [Fact]
    public void A_further_message_whose_frame_never_began_is_judged_by_its_number()
    {
        Assert.Empty(Further(A, 3));
        Assert.Equal(4, Further(A, 5).Length);
    }

    [Fact]
    public void A_message_without_a_number_is_not_judged()
    {
        Record[] uncounted = Messages.Trade(Trades, _market.Next(), 100, 1).On(1);
        Assert.Empty(_market.Process(uncounted));
        Delta(A, 3);
        Delta(A, 3);
        Assert.Empty(_market.Process(uncounted));
        Assert.Empty(Delta(A, 4));
    }

    [Fact]
    public void Frames_that_were_rejected_and_attributed_leave_no_hole()
    {
        Assert.Empty(Rejected(Trades));
        Assert.Equal([RecordKind.BookStateChange], Rejected(B).Kinds());
        Assert.Empty(Delta(A, 5));
        Assert.Equal("Live Broken Live", States);

        // One more than were rejected is a hole.
        Rejected(Trades);
        Gap gap = Record.Read<Gap>(Delta(A, 8)[0]);
        Assert.Equal((7, 8), (gap.Expected, gap.Found));
    }

    [Fact]
    public void A_rejected_frame_had_a_number_and_nothing_else_will_do()
    {
        Rejected(Trades);
        Assert.Equal(4, Delta(A, 3).Length);
    }

    [Fact]
    public void A_rejected_frame_that_nobody_can_place_starts_the_count_anew()
    {
        Assert.Equal([A, B], Rejected(0).Select(static record => record.Header.StreamId));
        Assert.Equal("Broken Broken Live", States);
        Assert.Equal([RecordKind.Resync, RecordKind.BookStateChange], Whole(A, 17).Kinds());
        Assert.Equal([RecordKind.Resync, RecordKind.BookStateChange], Whole(B, 18).Kinds());
        Assert.Empty(Delta(A, 19));
    }

    [Fact]
    public void A_connection_that_was_opened_anew_counts_anew()
    {
        Record[] derived = _market.Opened(1);
        Assert.Equal([A, A, A, B, B, B], derived.Select(static record => record.Header.StreamId));
        Assert.Equal("Empty Empty Live", States);
        Assert.Equal(2, Whole(A, 1).Length);
        Assert.Equal(2, Whole(B, 2).Length);
        Assert.Equal(2, Delta(C, 3).Length);
        Assert.Equal("Live Live Broken", States);
    }

    [Fact]
    public void Any_frame_of_the_connection_keeps_its_books_from_going_stale()
    {
        _market.WaitUntil(31);
        Assert.Empty(Heartbeat(3));
        Assert.Equal([C], _market.TickAt(32).Where(static record => record.Header.Kind == RecordKind.BookStateChange).Select(static record => record.Header.StreamId));
        Assert.Equal("Live Live Stale", States);
        _market.TickAt(62);
        Assert.Equal("Stale Stale Stale", States);

        // And brings them back at the end of the second.
        _market.WaitUntil(62.5);
        Heartbeat(4);
        _market.TickAt(63);
        Assert.Equal("Live Live Stale", States);
    }

    [Fact]
    public void Frames_that_come_again_are_no_sign_of_life()
    {
        for (int second = 1; second <= 40; second++)
        {
            _market.WaitUntil(second);
            Trade(2);
            _market.TickAt(second + 0.5);
        }

        Assert.Equal("Stale Stale Stale", States);
    }

    [Fact]
    public void A_change_of_state_by_a_heartbeat_is_sealed()
    {
        using Market market = Market.Own(ContinuityRule.None, evidence: Evidence.None);
        market.Whole(None, None, None, Bid(100, 1));
        market.TickAt(40);
        Assert.Equal(BookState.Stale, market.State);
        market.Process(Messages.Stream(2, 1, StreamRole.Heartbeats, ContinuityRule.None, BridgeRule.None, market.NowNs));
        Assert.Equal([RecordKind.BookStateChange], market.Process(Messages.Heartbeat(2, market.Next())).Kinds());
        Assert.Equal(BookState.Live, (BookState)market.TickAt(41).Seal().Header.Code);
        Assert.Empty(market.TickAt(42));

        // A heartbeat of the book's own stream is one of its messages.
        Assert.Empty(market.Process(Messages.Heartbeat(1, market.Next())));
        Assert.Equal((1u, 0u), (market.TickAt(43).Counts().Messages, market.Stream.Totals.Applied == 1 ? 0u : 1u));
        Assert.Empty(market.TickAt(71));
        Assert.Equal(BookState.Live, market.State);
        market.TickAt(73);
        Assert.Equal(BookState.Stale, market.State);
    }

    private void Declare(uint id, uint instrument, StreamRole role, ushort connection) =>
        _market.Process(Messages.Stream(id, instrument, role, ContinuityRule.Connection, BridgeRule.None, _market.NowNs, connection));

    private Record[] Whole(uint stream, long number) =>
        _market.Process(Messages.OwnSnapshot(stream, None, None, None, _market.Next(), Bid(100, 1), Ask(101, 1)).Counted(number).On(Of(stream)));

    private Record[] Delta(uint stream, long number) =>
        _market.Process(Messages.Delta(stream, None, None, None, _market.Next(), Bid(50, 1)).Counted(number).On(Of(stream)));

    private Record[] Further(uint stream, long number) =>
        _market.Process(Messages.Delta(stream, None, None, None, _market.Next(), Bid(51, 1)).Counted(number, further: true).On(Of(stream)));

    private Record[] Trade(long number) => _market.Process(Messages.Trade(Trades, _market.Next(), 100, 1).Counted(number).On(1));

    private Record[] Heartbeat(long number) => _market.Process(Messages.Heartbeat(Heartbeats, _market.Next()).Counted(number).On(1));

    private Record[] Rejected(uint stream) => _market.Rejected(stream, 1);

    private static ushort Of(uint stream) => (ushort)(stream == C ? 2 : 1);
}
