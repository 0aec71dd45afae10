using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Pipeline;

/// <summary>One order and one clock for everything that comes in.</summary>
public sealed class InputSequencerTests : IDisposable
{
    private const long S = Messages.Second;
    private const long T0 = 1_700_000_000 * S;

    private readonly JournalSpy _journal = new();
    private readonly Logic<SpySink> _logic;
    private readonly InputSequencer<TextDecoder, SpySink> _sequencer;

    public InputSequencerTests()
    {
        _logic = new Logic<SpySink>(_journal.Sink);
        _sequencer = new InputSequencer<TextDecoder, SpySink>(new TextDecoder(), _logic);
    }

    public void Dispose()
    {
        _sequencer.Dispose();
        _logic.Dispose();
    }

    [Fact]
    public void Definitions_and_the_message_go_in_one_after_the_other()
    {
        Take("define", T0 + 5);
        Assert.Equal(3, _journal.Commits);
        Assert.Equal(
            [RecordKind.InstrumentDefinition, RecordKind.StreamDefinition, RecordKind.MessageBegin],
            Inputs().Select(static record => record.Header.Kind).Distinct());
        Assert.All(Inputs(), static record => Assert.Equal(T0 + 5, record.Header.ReceivedAtNs));
        Assert.Equal((1, 6), (_sequencer.Totals.Frames, _sequencer.Totals.Bytes));
    }

    [Fact]
    public void A_timer_stands_before_the_frame_that_crosses_a_second()
    {
        Take("define", T0 + 1);
        Take("delta 2 2", T0 + S - 1);
        Assert.Empty(Timers());
        Take("delta 3 3", T0 + S);
        Take("delta 4 4", T0 + S + 1);
        Take("delta 5 5", T0 + (2 * S) + 1);

        Assert.Equal([T0 + S, T0 + (2 * S)], Timers());
        long[] times = [.. Inputs().Select(static record => record.Header.ReceivedAtNs)];
        Assert.Equal(times.Order(), times);
        Assert.Equal(
            [RecordKind.MessageBegin, RecordKind.Timer, RecordKind.MessageBegin, RecordKind.MessageBegin, RecordKind.Timer, RecordKind.MessageBegin],
            Inputs().Select(static record => record.Header.Kind).Where(static kind => kind is RecordKind.Timer or RecordKind.MessageBegin).Skip(1));
    }

    [Fact]
    public void A_gap_of_two_years_is_one_timer_at_the_last_second_crossed()
    {
        Take("define", T0 + 1);
        Take("delta 2 2", T0 + (63_072_000 * S) + 7);
        Assert.Equal([T0 + (63_072_000 * S)], Timers());
    }

    [Fact]
    public void The_first_frame_crosses_nothing()
    {
        Take("define", T0);
        Assert.Empty(Timers());
    }

    [Fact]
    public void Time_never_steps_back()
    {
        Take("define", T0 + 500);
        Take("delta 2 2", T0 + 100);
        Take("delta 3 3", T0 + 500);
        Take("delta 4 4", T0 + 600);

        Assert.Equal([T0 + 500, T0 + 500, T0 + 500, T0 + 600], Begins().Select(static record => record.Header.ReceivedAtNs));
        Assert.All(_journal.Records, static record => Assert.False(record.Header.Has(RecordFlags.TimeFromVenue)));
        Assert.Equal(1, _sequencer.Totals.TimeSteppedBack);
    }

    [Fact]
    public void Every_record_of_a_clamped_frame_has_the_clamped_time()
    {
        Take("define", T0 + 500);
        Take("delta 2 2", T0 + 100);
        Assert.All(Inputs(), static record => Assert.Equal(T0 + 500, record.Header.ReceivedAtNs));
    }

    [Fact]
    public void Without_a_receive_time_the_venue_time_counts_and_says_so()
    {
        Take($"define {T0 + 10}", 0);
        Take($"delta 2 2 {T0 + S + 10}", 0);
        Take("delta 3 3", 0); // no time at all: the previous one
        Take($"delta 4 4 {T0 + 20}", 0); // back in time
        Take("reject 1", 0);

        Assert.Equal([T0 + 10, T0 + S + 10, T0 + S + 10, T0 + S + 10], Begins().Select(static record => record.Header.ReceivedAtNs));
        Assert.Equal([T0 + S], Timers());
        Assert.All(
            Inputs().Where(static record => record.Header.Kind != RecordKind.Timer),
            static record => Assert.True(record.Header.Has(RecordFlags.TimeFromVenue)));
        Assert.Equal(1, _sequencer.Totals.TimeSteppedBack);

        // With a receive time again it is one.
        Take("delta 5 5 77", T0 + (2 * S));
        Assert.False(Begins()[^1].Header.Has(RecordFlags.TimeFromVenue));
    }

    [Fact]
    public void A_recording_that_starts_without_any_time_stands_at_zero()
    {
        Take("define", 0);
        Take("delta 2 2", 0);
        Assert.Equal(0, _logic.NowNs);
        Assert.Empty(Timers());
        Take("delta 3 3", T0);
        Assert.Empty(Timers());
        Assert.Equal(T0, _logic.NowNs);
    }

    [Fact]
    public void A_rejected_frame_is_journaled_with_where_and_why()
    {
        Take("define", T0);
        var frame = new Frame { Bytes = "reject 1"u8, ReceivedAtNs = T0 + S, Line = 12, StartByte = 345, FileIndex = 2, Connection = 3 };
        DecodeResult result = _sequencer.OnFrame(frame);
        Assert.Equal((DecodeOutcome.Rejected, RejectReason.BadNumber), (result.Outcome, result.Reason));

        FrameRejected rejected = _journal.Records.Single<FrameRejected>();
        Assert.Equal(
            (RejectReason.BadNumber, 1u, T0 + S),
            ((RejectReason)rejected.Header.Code, rejected.Header.StreamId, rejected.Header.ReceivedAtNs));
        Assert.Equal((12L, 345L, 3u, 8u), (rejected.Line, rejected.FrameStartByte, rejected.FaultByte, rejected.FrameBytes));
        Assert.Equal((3, 2, 1L), (rejected.ConnectionId, rejected.FileIndex, _sequencer.Totals.Rejected));
        Assert.Equal([T0 + S], Timers());
        Assert.Equal(1, _logic.Books[0].Totals.Rejected);
    }

    /// <summary>The check value that every description of CRC-32C gives.</summary>
    [Fact]
    public void The_checksum_of_a_rejected_frame_is_CRC_32C()
    {
        _sequencer.OnRejected(new Frame { Bytes = "123456789"u8, ReceivedAtNs = T0, Connection = 9 }, RejectReason.Oversized, 4);
        FrameRejected rejected = _journal.Records.Single<FrameRejected>();
        Assert.Equal((0xE3069283u, RejectReason.Oversized, 4u), (rejected.FrameCrc, (RejectReason)rejected.Header.Code, rejected.FaultByte));
        Assert.Equal((1, 9), (_sequencer.Totals.Frames, _sequencer.Totals.Bytes));
    }

    [Fact]
    public void Frames_that_become_no_records_move_the_clock_all_the_same()
    {
        Take("define", T0);
        Take("unknown", T0 + S);
        Take("control", T0 + (2 * S));
        Assert.Equal((1, 1, 3), (_sequencer.Totals.UnknownEvents, _sequencer.Totals.Control, _sequencer.Totals.Frames));
        Assert.Equal([T0 + S, T0 + (2 * S)], Timers());
    }

    [Fact]
    public void Closing_seals_the_open_second()
    {
        Take("define", T0 + 5);
        _sequencer.Close();
        Record[] last = _journal.LastCommit;
        Assert.Equal((RecordKind.Timer, (byte)TimerEvent.Close, T0 + 5), (last[0].Header.Kind, last[0].Header.Code, last[0].Header.ReceivedAtNs));
        Assert.Equal(RecordKind.SealChain, last[^1].Header.Kind);
        Assert.Equal(1, _journal.Seals);
    }

    [Fact]
    public void Closing_an_empty_input_leaves_nothing()
    {
        _sequencer.Close();
        Assert.Empty(_journal.Records);
    }

    [Fact]
    public void The_clock_of_a_restored_logic_goes_on()
    {
        Take("define", T0 + S + 5);
        using var checkpoint = new RecordBuffer();
        _logic.WriteCheckpoint(checkpoint);

        var journal = new JournalSpy();
        using var logic = new Logic<SpySink>(journal.Sink);
        logic.Restore(checkpoint.Records);
        using var sequencer = new InputSequencer<TextDecoder, SpySink>(new TextDecoder(), logic);
        sequencer.OnFrame(new Frame { Bytes = "delta 2 2"u8, ReceivedAtNs = T0 });
        Assert.Equal(T0 + S + 5, journal.Records[0].Header.ReceivedAtNs);
        sequencer.OnFrame(new Frame { Bytes = "delta 3 3"u8, ReceivedAtNs = T0 + (2 * S) });
        Assert.Equal(T0 + (2 * S), journal.Records.Single<Timer>().Header.ReceivedAtNs);
    }

    private void Take(string text, long receivedAtNs) =>
        _sequencer.OnFrame(new Frame { Bytes = Encoding.ASCII.GetBytes(text), ReceivedAtNs = receivedAtNs });

    private List<Record> Inputs() => _journal.Records.FindAll(static record => !record.Header.Has(RecordFlags.Derived));

    private List<Record> Begins() => _journal.Records.FindAll(static record => record.Header.Kind == RecordKind.MessageBegin);

    private IEnumerable<long> Timers() =>
        _journal.Records.Where(static record => record.Header.Kind == RecordKind.Timer).Select(static record => record.Header.ReceivedAtNs);
}
