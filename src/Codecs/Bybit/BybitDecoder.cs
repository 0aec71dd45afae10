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
public sealed partial class BybitDecoder : VenueDecoder
{
    private readonly FieldSet _top = new();
    private readonly FieldSet _data = new();
    private readonly FieldSet _result = new();
    private readonly FieldSet _item = new();
    private readonly FieldSet _filter = new();

    /// <summary>A decoder that has seen nothing yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a Bybit market.</exception>
    public BybitDecoder(Venue venue)
        : base(venue, BybitNaming.Instance)
    {
        if (venue is not (Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse))
        {
            throw new ArgumentOutOfRangeException(nameof(venue), venue, "bybit-linear, bybit-spot or bybit-inverse");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> MissingFields() =>
        [.. new[] { _top, _data, _result, _item, _filter }.SelectMany(static fields => fields.MissingNames(BybitFields.NameOf))];

    private protected override DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (TryReadShaped(ref scanner, frame, batch))
        {
            DecodeOutcome shaped = InterpretTopic(ref scanner, frame, batch);
            if (shaped != DecodeOutcome.Records)
            {
                batch.Clear();
            }

            return shaped;
        }

        BeginFrame(frame);
        batch.Clear();
        scanner = new JsonScanner(frame.Bytes);
        JsonToken token = scanner.Peek();
        if (token == JsonToken.Object)
        {
            if (!ReadMembers(ref scanner, frame, batch, _top, BybitScope.Top) || !scanner.End())
            {
                return DecodeOutcome.Rejected;
            }

            DecodeOutcome outcome = Interpret(ref scanner, frame, batch);
            if (outcome != DecodeOutcome.Records)
            {
                // Levels are read before it is known what the frame is.
                batch.Clear();
            }
            else
            {
                LearnShape(frame);
            }

            return outcome;
        }

        JsonValue value = default;
        if (scanner.ReadValue(ref value) && scanner.End())
        {
            scanner.Fail(RejectReason.WrongType, value.Start);
        }

        return DecodeOutcome.Rejected;
    }

    private protected override void BeginFrame(in Frame frame)
    {
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
