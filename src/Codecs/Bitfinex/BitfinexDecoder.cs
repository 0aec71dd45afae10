using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>
/// Frames of Bitfinex's public WebSocket, version 2, to records: aggregated books with their checksums, single orders (R0), trades, tickers, candles. Array
/// frames say only a channel id: what it stands for is learnt from the <c>subscribed</c> events of the same connection, what the last items are from
/// its <c>conf</c>. Wire rules: Bitfinex's documentation as of 2026-07, probes of 2026-09, and the recordings of 2017 to 2021 that the tests read.
/// <para>
/// With the flag SEQ_ALL every array frame consumes a number of its connection. Each becomes at least one message with that number, frames of
/// channels that are set aside or not known too (on a stream of the connection itself), so that the logic can check the chain.
/// </para>
/// <para>
/// A recording that begins in the middle of a connection has no <c>subscribed</c> events, and its array frames are only counted. So are those that
/// follow when a journal is continued with the rest of a connection: channel ids are not part of a journal, and the first frame starts its books over.
/// </para>
/// </summary>
public sealed partial class BitfinexDecoder : VenueDecoder
{
    /// <summary>
    /// A live book without a message for longer than this is stale: every channel, busy or not, has a heartbeat each 15 s (probes of 2026-09; the recording
    /// of 2021), so two are missing, and five seconds more.
    /// </summary>
    public const long StaleAfterNs = 35_000_000_000;

    private readonly DecoderOptions _options;
    private readonly FieldSet _event = new();
    private readonly Dictionary<ushort, BitfinexConnection> _connections = [];

    // The connection of the frame at hand and its id, −1 before the first, and what its channel id stands for; null = an event, or the id is not known.
    private BitfinexConnection _connection = new();
    private int _connectionId = -1;
    private BitfinexSubscription? _subscription;

    // Instruments of the venue have been learnt from a journal.
    private bool _continues;

    // The item that an array frame lacked; null = none.
    private string? _missingItem;

    /// <summary>A decoder that has seen nothing yet.</summary>
    public BitfinexDecoder(DecoderOptions? options = null)
        : base(Venue.Bitfinex, BitfinexNaming.Instance) => _options = options ?? new DecoderOptions();

    /// <inheritdoc/>
    public override IReadOnlyList<string> MissingFields() => _missingItem is null ? [.. _event.MissingNames(BitfinexFields.NameOf)] : [_missingItem];

    /// <inheritdoc/>
    public override void Learn(ReadOnlySpan<Record> definition)
    {
        base.Learn(definition);
        _continues |= definition[0].Header.Kind == RecordKind.InstrumentDefinition && Record.Read<InstrumentDefinition>(definition[0]).Venue == Venue;
    }

    private protected override void BeginFrame(in Frame frame)
    {
        _event.Clear(0);
        _subscription = null;
        _missingItem = null;
        _sequence = Sequence.None;
        if (frame.Connection != _connectionId)
        {
            _connection = ConnectionOf(frame.Connection);
            _connectionId = frame.Connection;
        }
    }

    private protected override DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (_connection.IsContinued)
        {
            AddOpened(frame, batch);
        }
        else if (TryReadUsualChange(frame, batch))
        {
            return DecodeOutcome.Records;
        }

        DecodeOutcome outcome = ReadFrame(ref scanner, frame, batch);
        _connection.IsContinued &= outcome == DecodeOutcome.Rejected;
        return outcome;
    }

    private DecodeOutcome ReadFrame(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        switch (scanner.Peek())
        {
            case JsonToken.Array:
                return ReadArray(ref scanner, frame, batch);
            case JsonToken.Object:
                return ReadEvent(ref scanner, frame, batch);
            default:
                JsonValue value = default;
                return scanner.ReadValue(ref value) && scanner.End() ? Reject(ref scanner, RejectReason.WrongType, value.Start) : DecodeOutcome.Rejected;
        }
    }

    // The one thing a rejected frame may change: with bulk updates it may have been the book that is awaited, and the next list is none.
    private protected override void OnRejected(in Frame frame)
    {
        if (frame.Bytes.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return;
        }

        if (_subscription is null)
        {
            _connection.LoseSnapshots();
            _connection.LastSequence = Sequence.None;
            return;
        }

        _subscription.AwaitsSnapshot &= !_connection.IsBulk;
        if (_connection.IsSequenced && _sequence == Sequence.None && _connection.LastSequence != Sequence.None)
        {
            _connection.LastSequence++;
        }
    }

    private protected override uint AttributeFault(in Frame frame) => _subscription?.Stream?.Id ?? 0;

    private BitfinexConnection ConnectionOf(ushort id)
    {
        if (!_connections.TryGetValue(id, out BitfinexConnection? connection))
        {
            connection = new BitfinexConnection { IsContinued = _continues };
            _connections.Add(id, connection);
        }

        return connection;
    }

    private bool Miss(ref JsonScanner scanner, string item, int position)
    {
        if (!scanner.Failed)
        {
            _missingItem = item;
        }

        return scanner.Fail(RejectReason.MissingField, position);
    }
}
