using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

/// <summary>
/// Public frames of Bybit v5, linear, spot or inverse, to records: order books of every depth, trades, tickers, candles, REST books and instrument
/// lists, whatever the order of the keys. Acknowledgements are counted by name, and so are other topics. Wire rules: Bybit's documentation as of
/// 2026-07-24, and the recordings of 2023 to 2026 that the tests read.
/// </summary>
public sealed partial class BybitDecoder : IVenueDecoder
{
    private readonly StreamRegistry _streams;
    private readonly MessageDraft _draft;
    private readonly NameCounter _unknownEvents = new();
    private readonly NameCounter _controls = new();
    private readonly FieldSet _top = new();
    private readonly FieldSet _data = new();
    private readonly FieldSet _result = new();
    private readonly FieldSet _item = new();
    private readonly FieldSet _filter = new();

    /// <summary>A decoder that has seen nothing yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a Bybit market.</exception>
    public BybitDecoder(Venue venue)
    {
        if (venue is not (Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse))
        {
            throw new ArgumentOutOfRangeException(nameof(venue), venue, "bybit-linear, bybit-spot or bybit-inverse");
        }

        Venue = venue;
        _streams = new StreamRegistry(venue, BybitNaming.Instance);
        _draft = new MessageDraft(_streams);
    }

    /// <inheritdoc/>
    public Venue Venue { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> UnknownEvents() => _unknownEvents.Snapshot();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> ControlMessages() => _controls.Snapshot();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Not all slots of one definition.</exception>
    public void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <inheritdoc/>
    public IReadOnlyList<string> MissingFields() =>
        [.. new[] { _top, _data, _result, _item, _filter }.SelectMany(static fields => fields.MissingNames(BybitFields.NameOf))];

    /// <inheritdoc/>
    public DecodeResult Decode(in Frame frame, RecordBuffer batch)
    {
        BeginFrame();
        if (frame.Bytes.Length > Frame.BytesMax)
        {
            return DecodeResult.Rejected(RejectReason.Oversized, Frame.BytesMax, 0);
        }

        JsonScanner scanner = new(frame.Bytes);
        DecodeOutcome outcome = Read(ref scanner, frame, batch);
        if (outcome == DecodeOutcome.Records)
        {
            return DecodeResult.Ok;
        }

        batch.Clear();
        if (outcome != DecodeOutcome.Rejected)
        {
            return new DecodeResult(outcome, RejectReason.None, 0, 0);
        }

        _streams.Rollback();
        return DecodeResult.Rejected(scanner.Reason, scanner.FaultByte, AttributeFault(frame));
    }

    private DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        JsonToken token = scanner.Peek();
        if (token == JsonToken.Object)
        {
            return ReadMembers(ref scanner, frame, batch, _top, BybitScope.Top) && scanner.End()
                ? Interpret(ref scanner, frame, batch)
                : DecodeOutcome.Rejected;
        }

        JsonValue value = default;
        if (scanner.ReadValue(ref value) && scanner.End())
        {
            scanner.Fail(RejectReason.WrongType, value.Start);
        }

        return DecodeOutcome.Rejected;
    }

    private void BeginFrame()
    {
        _streams.BeginFrame();
        _top.Clear(0);
        _data.Clear(0);
        _result.Clear(0);
        _item.Clear(0);
        _filter.Clear(0);
        _stream = null;
        _bookRead = false;
        _sidesRead = 0;
    }
}
