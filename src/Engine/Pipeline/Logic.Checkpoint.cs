using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <content>The whole state as records, and back.</content>
public sealed partial class Logic<TSink>
{
    /// <inheritdoc/>
    public void WriteCheckpoint(RecordBuffer target)
    {
        int start = target.Count;
        ref EngineState state = ref target.Add<EngineState>();
        state.Header.Flags = RecordFlags.Checkpoint | RecordFlags.FirstInMessage;
        state.Header.ReceivedAtNs = NowNs;
        state.LastTimerNs = _lastTimerNs;
        state.Instruments = (uint)_instruments.Count;
        state.Streams = (uint)_streams.Count;
        ref EngineChain chain = ref target.Add<EngineChain>();
        chain.Header.Flags = RecordFlags.Checkpoint | RecordFlags.Continued;
        chain.Hash = _chain.Head;
        chain.Index = _chain.Index;

        foreach (Instrument instrument in _instruments)
        {
            instrument.WriteCheckpoint(target);
        }

        foreach (StreamEntry stream in _streams)
        {
            if (stream.Book != null)
            {
                stream.Book.WriteCheckpoint(target, NowNs);
            }
            else
            {
                Checkpoints.AddMessages(target, stream.Definition);
            }
        }

        foreach (ConnectionChain connection in _chains)
        {
            connection.WriteCheckpoint(target, NowNs);
        }

        Record.As<EngineState>(ref target[start]).Slots = (uint)(target.Count - start);
        target[target.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
    }

    /// <summary>Takes over the state of a checkpoint. Only before the first input.</summary>
    /// <exception cref="InvalidDataException">The records are not a checkpoint, or one of another version.</exception>
    public void Restore(ReadOnlySpan<Record> checkpoint)
    {
        using RecordBuffer withoutPadding = new();
        foreach (ref readonly Record record in checkpoint)
        {
            if (record.Header.Kind != RecordKind.Padding)
            {
                withoutPadding.Add() = record;
            }
        }

        RestoreRecords(withoutPadding.Records);
    }

    private void RestoreRecords(ReadOnlySpan<Record> checkpoint)
    {
        if (_instruments.Count > 0 || NowNs != 0)
        {
            throw new InvalidOperationException("a checkpoint can only be restored before the first input");
        }

        if (checkpoint.Length < 2 || checkpoint[0].Header.Kind != RecordKind.EngineState || checkpoint[1].Header.Kind != RecordKind.EngineState)
        {
            throw new InvalidDataException("a checkpoint opens with two EngineState slots; these records do not");
        }

        EngineState state = Record.Read<EngineState>(checkpoint[0]);
        EngineChain chain = Record.Read<EngineChain>(checkpoint[1]);
        if (state.Slots != checkpoint.Length)
        {
            throw new InvalidDataException($"the checkpoint says that it has {state.Slots} slots; these are {checkpoint.Length}");
        }

        NowNs = state.Header.ReceivedAtNs;
        _lastTimerNs = state.LastTimerNs;
        _chain.Restore(chain.Hash, chain.Index);

        int position = 2;
        while (position < checkpoint.Length)
        {
            ReadOnlySpan<Record> rest = checkpoint[position..];
            position += rest[0].Header.Kind switch
            {
                RecordKind.InstrumentDefinition => RestoreInstrument(rest),
                RecordKind.RememberedBest => RestoreTicker(rest),
                RecordKind.MessageBegin => RestoreHeldSnapshot(rest),
                RecordKind.StreamDefinition => RestoreStream(rest),
                RecordKind.ConnectionState => RestoreConnection(rest),
                _ => throw new InvalidDataException($"checkpoint slot {position} is a {rest[0].Header.Kind}, which does not stand alone in a checkpoint"),
            };
        }
    }

    private int RestoreInstrument(ReadOnlySpan<Record> rest)
    {
        _instruments.Add(new Instrument(rest[..InstrumentDefinition.Slots]));
        return InstrumentDefinition.Slots;
    }

    private int RestoreTicker(ReadOnlySpan<Record> rest)
    {
        _instruments[^1].Tickers.Restore(rest[0]);
        return 1;
    }

    private int RestoreHeldSnapshot(ReadOnlySpan<Record> rest)
    {
        int end = 1;
        while (end < rest.Length && rest[end].Header.Kind == RecordKind.LevelSet)
        {
            end++;
        }

        _instruments[^1].HoldSnapshot(rest[..end]);
        return end;
    }

    private int RestoreConnection(ReadOnlySpan<Record> rest)
    {
        ConnectionState state = Record.Read<ConnectionState>(rest[0]);
        ChainOf(state.ConnectionId).Restore(state);
        return 1;
    }

    private int RestoreStream(ReadOnlySpan<Record> rest)
    {
        StreamEntry entry = AddStream(rest[..StreamDefinition.Slots]);
        if (entry.Book == null)
        {
            return StreamDefinition.Slots;
        }

        entry.Instrument!.AttachRestored(entry.Book);
        return StreamDefinition.Slots + entry.Book.Restore(rest[StreamDefinition.Slots..]);
    }
}
