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
public sealed partial class BinanceDecoder : VenueDecoder
{
    /// <summary>A live book without a message for longer than this is stale: Binance sends at least one diff a second on any pair that trades.</summary>
    public const long StaleAfterNs = 30_000_000_000;

    private readonly DecoderOptions _options;
    private readonly FieldSet _top = new();
    private readonly FieldSet _data = new();
    private readonly FieldSet _candle = new();

    /// <summary>A decoder that has seen nothing yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a Binance market.</exception>
    public BinanceDecoder(Venue venue, DecoderOptions? options = null)
        : base(venue, BinanceNaming.Instance)
    {
        if (venue is not (Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM))
        {
            throw new ArgumentOutOfRangeException(nameof(venue), venue, "binance-spot, binance-usdm or binance-coinm");
        }

        _options = options ?? new DecoderOptions();
    }

    private bool IsSpot => Venue == Venue.BinanceSpot;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MissingFields() =>
        [.. _top.MissingNames(BinanceFields.NameOf), .. _data.MissingNames(BinanceFields.NameOf), .. _candle.MissingNames(BinanceFields.NameOf)];

    private protected override DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (TryReadShaped(ref scanner, frame, batch))
        {
            // All that tells what the frame is belongs to its shape.
            return Finish(ref scanner, frame, batch, _data, (BinanceChannel)_streamOfName!.Channel, _streamOfName, channelName: default);
        }

        BeginFrame(frame);
        batch.Clear();
        scanner = new JsonScanner(frame.Bytes);
        JsonToken token = scanner.Peek();
        if (token == JsonToken.Object)
        {
            if (!ReadMembers(ref scanner, frame, batch, _top, BinanceScope.Top) || !scanner.End())
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
        if (!scanner.ReadValue(ref value) || !scanner.End())
        {
            return DecodeOutcome.Rejected;
        }

        return token == JsonToken.Array ? Unknown("array"u8) : Reject(ref scanner, RejectReason.WrongType, value.Start);
    }

    private protected override void BeginFrame(in Frame frame)
    {
        _top.Clear(0);
        _data.Clear(0);
        _candle.Clear(0);
        _streamOfName = null;
        _bookRead = null;
        _sidesRead = 0;
    }
}
