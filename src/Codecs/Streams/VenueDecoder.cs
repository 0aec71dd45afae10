using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>
/// What all decoders do with a frame, whatever the venue: bound its size, have it read, take back what a rejected one left, and count what becomes no
/// records. A venue says how to read (<see cref="Read"/>) and which stream a fault belongs to (<see cref="AttributeFault"/>).
/// </summary>
public abstract class VenueDecoder : IVenueDecoder
{
    private protected readonly StreamRegistry _streams;
    private protected readonly MessageDraft _draft;

    private readonly NameCounter _unknownEvents = new();
    private readonly NameCounter _controls = new();

    private protected VenueDecoder(Venue venue, IStreamNaming naming)
    {
        Venue = venue;
        _streams = new StreamRegistry(venue, naming);
        _draft = new MessageDraft(_streams);
    }

    /// <inheritdoc/>
    public Venue Venue { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> UnknownEvents() => _unknownEvents.Snapshot();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> ControlMessages() => _controls.Snapshot();

    /// <inheritdoc/>
    public abstract IReadOnlyList<string> MissingFields();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Not all slots of one definition.</exception>
    public virtual void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <summary>Shares the numbers of instruments and streams with other decoders that feed the same logic. Before the first frame.</summary>
    public void Share(DefinitionNumbers numbers) => _streams.Share(numbers);

    /// <inheritdoc/>
    public DecodeResult Decode(in Frame frame, RecordBuffer batch)
    {
        _streams.BeginFrame();
        BeginFrame(frame);
        if (frame.Bytes.Length > Frame.BytesMax)
        {
            OnRejected(frame);
            return DecodeResult.Rejected(RejectReason.Oversized, Frame.BytesMax, 0);
        }

        JsonScanner scanner = new(frame.Bytes);
        DecodeOutcome outcome = Read(ref scanner, frame, batch);
        if (outcome == DecodeOutcome.Records)
        {
            return DecodeResult.Ok;
        }

        if (outcome != DecodeOutcome.Rejected)
        {
            return new DecodeResult(outcome, RejectReason.None, 0, 0);
        }

        batch.Clear();
        _streams.Rollback();
        OnRejected(frame);
        return DecodeResult.Rejected(scanner.Reason, scanner.FaultByte, AttributeFault(frame));
    }

    /// <summary>Forgets the frame before: called for every frame, one that is too long too.</summary>
    private protected abstract void BeginFrame(in Frame frame);

    /// <summary>
    /// Reads the frame and writes what it becomes. With Rejected the scanner holds the fault and the batch may hold anything; with another outcome the
    /// batch holds what is to be kept.
    /// </summary>
    private protected abstract DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch);

    /// <summary>Which stream a rejected frame belongs to, as far as it was read; 0 = nobody can tell. Streams that it declared are gone again.</summary>
    private protected abstract uint AttributeFault(in Frame frame);

    /// <summary>A frame was rejected: for what even such a frame tells of its connection. Comes before <see cref="AttributeFault"/>.</summary>
    private protected virtual void OnRejected(in Frame frame)
    {
    }

    /// <summary>Counts a frame of a kind that is set aside.</summary>
    private protected DecodeOutcome Unknown(ReadOnlySpan<byte> name)
    {
        _unknownEvents.Add(name);
        return DecodeOutcome.UnknownEvent;
    }

    /// <summary>Counts a frame about the connection.</summary>
    private protected DecodeOutcome Control(ReadOnlySpan<byte> name)
    {
        _controls.Add(name);
        return DecodeOutcome.Control;
    }

    /// <summary>Notes the fault; the first one of a frame stays.</summary>
    private protected static DecodeOutcome Reject(ref JsonScanner scanner, RejectReason reason, int faultByte)
    {
        scanner.Fail(reason, faultByte);
        return DecodeOutcome.Rejected;
    }
}
