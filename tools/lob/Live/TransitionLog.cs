using System.Globalization;
using System.Threading.Channels;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Microsoft.Extensions.Logging;

namespace Lob.Fast.Cli.Live;

/// <summary>
/// Log lines of the books' changes of state, made on a thread of its own: the logic only leaves a note. The words for snapshots, gaps and checksums are those that operators of the
/// OKX exporter watch for.
/// </summary>
internal sealed partial class TransitionLog : IAsyncDisposable
{
    private readonly Channel<Note> _notes = Channel.CreateUnbounded<Note>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ILogger _log;
    private readonly Task _writing;

    public TransitionLog(ILogger log)
    {
        _log = log;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Logic thread: leaves a note.</summary>
    public void Add(BookTransition transition)
    {
        BookStream stream = transition.Stream;
        _ = _notes.Writer.TryWrite(new Note(transition, stream.Book.BidCount, stream.Book.AskCount, stream.Evidence, stream.LastSequence));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _notes.Writer.Complete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        await foreach (Note note in _notes.Reader.ReadAllAsync())
        {
            Write(note);
        }
    }

    private void Write(in Note note)
    {
        BookTransition transition = note.Transition;
        Instrument instrument = transition.Stream.Instrument;
        string symbol = instrument.Symbol;
        switch (transition)
        {
            case { To: BookState.Broken, Reason: GapReason.Sequence }:
                GapDetected(_log, symbol, transition.Expected, transition.Found);
                break;
            case { To: BookState.Broken, Reason: GapReason.Checksum }:
                ChecksumMismatch(_log, symbol, transition.Expected, transition.Found);
                break;
            case { To: BookState.Live, From: BookState.Broken }:
                SnapshotLoaded(_log, symbol, note.Bids, note.Asks);
                Resubscribed(_log, symbol);
                break;
            case { To: BookState.Live, From: BookState.Empty or BookState.Bridging }:
                SnapshotLoaded(_log, symbol, note.Bids, note.Asks);
                break;
            default:
                break;
        }

        string venue = instrument.Venue.ToName();
        string sequence = note.LastSequence == Sequence.None ? "-" : note.LastSequence.ToString(CultureInfo.InvariantCulture);
        Changed(_log, venue, symbol, transition.Stream.Channel, transition.From, transition.To, sequence, note.Evidence);
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "[{Symbol}] Snapshot loaded: {Bids} bids, {Asks} asks")]
    private static partial void SnapshotLoaded(ILogger log, string symbol, int bids, int asks);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "[{Symbol}] GAP DETECTED: expected prevSeqId={Expected}, got={Found}")]
    private static partial void GapDetected(ILogger log, string symbol, long expected, long found);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "[{Symbol}] Checksum mismatch: expected={Expected}, calculated={Found}")]
    private static partial void ChecksumMismatch(ILogger log, string symbol, long expected, long found);

    [LoggerMessage(EventId = 104, Level = LogLevel.Information, Message = "[{Symbol}] Forced resubscribe completed")]
    private static partial void Resubscribed(ILogger log, string symbol);

    [LoggerMessage(EventId = 105, Level = LogLevel.Information, Message = "{Venue} {Symbol} {Channel}: {From} -> {To} at sequence {Sequence}, evidence {Evidence}")]
    private static partial void Changed(ILogger log, string venue, string symbol, string channel, BookState from, BookState to, string sequence, Evidence evidence);

    private readonly record struct Note(BookTransition Transition, int Bids, int Asks, Evidence Evidence, long LastSequence);
}
