using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro.Journal;

/// <summary>A book delta of so many records, and an engine without state to go with it.</summary>
internal sealed class Message : ICheckpointSource
{
    private readonly Record[] _records;

    public Message(int records)
    {
        _records = new Record[records];
        for (int i = 0; i < records; i++)
        {
            ref RecordHeader header = ref _records[i].Header;
            header.Kind = i == 0 ? RecordKind.MessageBegin : RecordKind.LevelSet;
            header.Flags = (i == 0 ? RecordFlags.FirstInMessage : 0) | (i == records - 1 ? RecordFlags.LastInMessage : 0);
            header.StreamId = 1;
            header.ReceivedAtNs = 1_700_000_000_000_000_000;
            header.VenueTimeNs = header.ReceivedAtNs - i;
        }
    }

    public ReadOnlySpan<Record> Records => _records;

    /// <inheritdoc/>
    public void WriteCheckpoint(RecordBuffer target)
    {
        ref EngineState state = ref target.Add<EngineState>();
        state.Header.Flags = RecordFlags.FirstInMessage | RecordFlags.LastInMessage | RecordFlags.Checkpoint;
    }
}
