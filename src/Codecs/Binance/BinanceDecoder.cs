using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

/// <summary>
/// Frames of Binance spot, USD-M or COIN-M to records: depth changes, REST depth answers, best bid and ask, trades, aggregated trades, candles;
/// bare or in the combined envelope, whatever the order of the keys. Other events are counted by name. Wire rules: Binance's documentation as of
/// 2026-07-21, and the recordings of 2019, 2021 and 2024 that the tests read.
/// <para>
/// Two things a bare frame cannot tell, so they must not be recorded that way: a futures partial book (<c>depth20</c>) looks exactly like a change
/// to a book, and a spot partial book exactly like a REST answer. In the envelope both are recognised by their stream name.
/// </para>
/// </summary>
public sealed partial class BinanceDecoder : IVenueDecoder
{
    /// <summary>A live book without a message for longer than this is stale: Binance sends at least one diff a second on any pair that trades.</summary>
    public const long StaleAfterNs = 30_000_000_000;

    private readonly DecoderOptions _options;
    private readonly NameCounter _unknownEvents = new();
    private readonly NameCounter _controls = new();
    private readonly FieldSet _top = new();
    private readonly FieldSet _data = new();
    private readonly FieldSet _candle = new();

    /// <summary>A decoder that has seen nothing yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a Binance market.</exception>
    public BinanceDecoder(Venue venue, DecoderOptions? options = null)
    {
        if (venue is not (Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM))
        {
            throw new ArgumentOutOfRangeException(nameof(venue), venue, "binance-spot, binance-usdm or binance-coinm");
        }

        Venue = venue;
        _options = options ?? new DecoderOptions();
        _streams = new StreamRegistry(venue, BinanceNaming.Instance);
        _draft = new MessageDraft(_streams);
    }

    /// <inheritdoc/>
    public Venue Venue { get; }

    private bool IsSpot => Venue == Venue.BinanceSpot;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> UnknownEvents() => _unknownEvents.Snapshot();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> ControlMessages() => _controls.Snapshot();

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

    /// <inheritdoc/>
    public IReadOnlyList<string> MissingFields() =>
        [.. _top.MissingNames(BinanceFields.NameOf), .. _data.MissingNames(BinanceFields.NameOf), .. _candle.MissingNames(BinanceFields.NameOf)];

    private DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        JsonToken token = scanner.Peek();
        if (token == JsonToken.Object)
        {
            return ReadMembers(ref scanner, frame, batch, _top, BinanceScope.Top) && scanner.End()
                ? Interpret(ref scanner, frame, batch)
                : DecodeOutcome.Rejected;
        }

        JsonValue value = default;
        if (!scanner.ReadValue(ref value) || !scanner.End())
        {
            return DecodeOutcome.Rejected;
        }

        if (token == JsonToken.Array)
        {
            _unknownEvents.Add("array"u8);
            return DecodeOutcome.UnknownEvent;
        }

        scanner.Fail(RejectReason.WrongType, value.Start);
        return DecodeOutcome.Rejected;
    }

    private void BeginFrame()
    {
        _streams.BeginFrame();
        _top.Clear(0);
        _data.Clear(0);
        _candle.Clear(0);
        _streamOfName = null;
        _bookRead = null;
        _sidesRead = 0;
    }
}
