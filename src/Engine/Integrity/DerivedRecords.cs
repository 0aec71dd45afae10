using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>The records derived from one input message, in the order in which they go to the journal behind it.</summary>
public sealed class DerivedRecords : IDisposable
{
    private readonly RecordBuffer _buffer = new(4096);

    /// <summary>Receive time that derived records carry: that of the input they come from.</summary>
    public long NowNs { get; private set; }

    /// <summary>The records so far.</summary>
    public ReadOnlySpan<Record> Records => _buffer.Records;

    /// <summary>Starts over for an input message received at <paramref name="nowNs"/>.</summary>
    public void Begin(long nowNs)
    {
        NowNs = nowNs;
        _buffer.Clear();
    }

    /// <summary>Adds a record that is a message of its own. The reference is valid until the next record is added.</summary>
    public ref T Add<T>(uint streamId, byte code) where T : unmanaged, IRecord =>
        ref Add<T>(streamId, code, RecordFlags.FirstInMessage | RecordFlags.LastInMessage);

    /// <summary>Adds a record with the given place in its message; Derived is set for it.</summary>
    public ref T Add<T>(uint streamId, byte code, RecordFlags place) where T : unmanaged, IRecord
    {
        ref Record slot = ref _buffer.Add();
        slot.Header = new RecordHeader
        {
            Kind = T.Kind,
            Flags = RecordFlags.Derived | place,
            Code = code,
            StreamId = streamId,
            ReceivedAtNs = NowNs,
        };
        return ref Record.As<T>(ref slot);
    }

    /// <summary>The buffer itself, for whole books.</summary>
    internal RecordBuffer Buffer => _buffer;

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
