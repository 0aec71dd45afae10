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
public sealed partial class BitfinexDecoder : IVenueDecoder
{
    /// <summary>
    /// A live book without a message for longer than this is stale: every channel, busy or not, has a heartbeat each 15 s (probes of 2026-09; the recording
    /// of 2021), so two are missing, and five seconds more.
    /// </summary>
    public const long StaleAfterNs = 35_000_000_000;

    private readonly DecoderOptions _options;
    private readonly NameCounter _unknownEvents = new();
    private readonly NameCounter _controls = new();
    private readonly FieldSet _event = new();
    private readonly StreamRegistry _streams;
    private readonly MessageDraft _draft;
    private readonly Dictionary<ushort, BitfinexConnection> _connections = [];

    // The connection of the frame at hand, and what its channel id stands for; null = an event, or the id is not known.
    private BitfinexConnection _connection = new();
    private BitfinexSubscription? _subscription;

    // Instruments of the venue have been learnt from a journal.
    private bool _continues;

    // The item that an array frame lacked; null = none.
    private string? _missingItem;

    /// <summary>A decoder that has seen nothing yet.</summary>
    public BitfinexDecoder(DecoderOptions? options = null)
    {
        _options = options ?? new DecoderOptions();
        _streams = new StreamRegistry(Venue, BitfinexNaming.Instance);
        _draft = new MessageDraft(_streams);
    }

    /// <inheritdoc/>
    public Venue Venue => Venue.Bitfinex;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> UnknownEvents() => _unknownEvents.Snapshot();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> ControlMessages() => _controls.Snapshot();

    /// <inheritdoc/>
    public IReadOnlyList<string> MissingFields() => _missingItem is null ? [.. _event.MissingNames(BitfinexFields.NameOf)] : [_missingItem];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Not all slots of one definition.</exception>
    public void Learn(ReadOnlySpan<Record> definition)
    {
        _streams.Learn(definition);
        _continues |= definition[0].Header.Kind == RecordKind.InstrumentDefinition && Record.Read<InstrumentDefinition>(definition[0]).Venue == Venue;
    }

    /// <inheritdoc/>
    public DecodeResult Decode(in Frame frame, RecordBuffer batch)
    {
        _streams.BeginFrame();
        _event.Clear(0);
        _subscription = null;
        _missingItem = null;
        _sequence = Sequence.None;
        _connection = ConnectionOf(frame.Connection);
        if (frame.Bytes.Length > Frame.BytesMax)
        {
            OnRejected(frame);
            return DecodeResult.Rejected(RejectReason.Oversized, Frame.BytesMax, 0);
        }

        JsonScanner scanner = new(frame.Bytes);
        if (_connection.IsContinued)
        {
            AddOpened(frame, batch);
        }

        DecodeOutcome outcome = Read(ref scanner, frame, batch);
        if (outcome != DecodeOutcome.Rejected)
        {
            _connection.IsContinued = false;
            return new DecodeResult(outcome, RejectReason.None, 0, 0);
        }

        batch.Clear();
        _streams.Rollback();
        OnRejected(frame);
        return DecodeResult.Rejected(scanner.Reason, scanner.FaultByte, _subscription?.Stream?.Id ?? 0);
    }

    private DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
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
    private void OnRejected(in Frame frame)
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

    private BitfinexConnection ConnectionOf(ushort id)
    {
        if (!_connections.TryGetValue(id, out BitfinexConnection? connection))
        {
            connection = new BitfinexConnection { IsContinued = _continues };
            _connections.Add(id, connection);
        }

        return connection;
    }

    private DecodeOutcome Unknown(ReadOnlySpan<byte> name)
    {
        _unknownEvents.Add(name);
        return DecodeOutcome.UnknownEvent;
    }

    private DecodeOutcome Control(ReadOnlySpan<byte> name)
    {
        _controls.Add(name);
        return DecodeOutcome.Control;
    }

    private static DecodeOutcome Reject(ref JsonScanner scanner, RejectReason reason, int faultByte)
    {
        scanner.Fail(reason, faultByte);
        return DecodeOutcome.Rejected;
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
