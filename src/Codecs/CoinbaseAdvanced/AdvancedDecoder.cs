using Lob.Fast.Codecs.Coinbase;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>
/// Frames of the Coinbase Advanced Trade feed to records: <c>l2_data</c>, <c>market_trades</c>, <c>ticker</c>, <c>ticker_batch</c>, <c>candles</c>,
/// <c>heartbeats</c> and the products of <c>status</c>, whatever the order of the keys. Wire rules: Coinbase's documentation as of 2026-07-26, and the
/// recording of 2026-08-09 that the tests read.
/// <para>
/// Every frame counts: <c>sequence_num</c> goes up by one over all channels of a connection. So every frame becomes at least one message with its number; one
/// that says nothing about markets becomes a heartbeat of the connection, whatever its outcome. Number 0 opens a connection.
/// </para>
/// </summary>
public sealed partial class AdvancedDecoder : VenueDecoder
{
    private readonly PriceRepeats _repeats = new();
    private readonly FieldSet _top = new();
    private readonly FieldSet _event = new();
    private readonly FieldSet _item = new();
    private readonly NameBuffer _symbol = new();
    private readonly NameBuffer _key = new();
    private readonly NameBuffer _name = new();
    private readonly AdvancedRows _rows;
    private readonly CoinbaseProducts _products;

    // Of the frame at hand, once its head has been read: what it is, when, its number, how many messages it has become, and whether it holds past trades.
    private AdvancedChannel _channel;
    private long _venueTimeNs;
    private long _sequence;
    private int _messages;
    private bool _hasHistory;

    // The stream that is being read: what a fault is attributed to.
    private CodecStream? _streamAtHand;

    /// <summary>A decoder that has seen nothing yet.</summary>
    public AdvancedDecoder()
        : base(Venue.CoinbaseAdvanced, AdvancedNaming.Instance)
    {
        _rows = new AdvancedRows(_draft);
        _products = new CoinbaseProducts(_draft);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> MissingFields() =>
    [
        .. _top.MissingNames(AdvancedFields.NameOf), .. _event.MissingNames(AdvancedFields.NameOf), .. _item.MissingNames(AdvancedFields.NameOf),
        .. _rows.MissingFields(), .. _products.MissingFields(),
    ];

    /// <summary>Reads an object into <paramref name="fields"/>; objects and arrays in it are validated and passed over.</summary>
    internal static bool ReadFields(ref JsonScanner scanner, FieldSet fields) =>
        scanner.Peek() == JsonToken.Object ? fields.Read<AdvancedFields>(ref scanner) : FailHere(ref scanner);

    /// <summary>Something else than what has to stand here; or nothing that is JSON.</summary>
    internal static bool FailHere(ref JsonScanner scanner)
    {
        JsonValue value = default;
        int at = scanner.Position;
        return !scanner.Failed && scanner.ReadValue(ref value) && scanner.Fail(RejectReason.WrongType, at);
    }

    // Which stream a rejected frame belongs to, as far as it was read. A book frame is known to be about one book only if it has just one event: all books that
    // it may have changed miss it.
    private protected override uint AttributeFault(in Frame frame)
    {
        // A stream that the frame itself declared is gone again.
        bool isKnown = _streamAtHand is { } stream && ReferenceEquals(_streams.Find(stream.Name), stream);
        return isKnown && (_channel != AdvancedChannel.Book || HasOneEvent(frame)) ? _streamAtHand!.Id : 0;
    }

    private static bool HasOneEvent(in Frame frame)
    {
        JsonScanner scanner = new(frame.Bytes);
        int events = 0;
        scanner.EnterObject();
        while (scanner.NextMember())
        {
            if (AdvancedFields.SlotOf(scanner) != AdvancedFields.Events || scanner.Peek() != JsonToken.Array)
            {
                scanner.SkipValue();
                continue;
            }

            scanner.EnterArray();
            while (scanner.NextElement())
            {
                events++;
                scanner.SkipValue();
            }
        }

        return scanner.End() && events == 1;
    }

    private protected override void BeginFrame(in Frame frame)
    {
        _top.Clear(0);
        _event.Clear(0);
        _item.Clear(0);
        _rows.BeginFrame();
        _products.BeginFrame();
        _messages = 0;
        _hasHistory = false;
        _streamAtHand = null;
    }
}
