using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

/// <summary>
/// Frames of OKX's v5 interface to records: books with their sequence and checksum, books of one and five levels, trades, tickers, candles, REST
/// books and the list of instruments, whatever the order of the keys. Other channels are counted by name. Wire rules: OKX's documentation as of
/// 2026-08, and the recordings of 2021 to 2026 that the tests read.
/// <para>
/// <c>arg</c> stands before <c>data</c> on the wire, and in a book the asks before the bids: such a frame is read in one pass, its items becoming
/// messages as they come by. A frame in another order is read again from <c>data</c> on when it is known what it is about.
/// </para>
/// </summary>
public sealed partial class OkxDecoder : VenueDecoder
{
    /// <summary>
    /// A live book without a message for longer than this is stale: where nothing changes OKX sends an empty change, or its last whole book again,
    /// every 60 s or so (documentation, 2026-08), and 15 s more are allowed for "or so" and the way here.
    /// </summary>
    public const long StaleAfterNs = (KeepaliveSeconds + GraceSeconds) * 1_000_000_000;

    private const long KeepaliveSeconds = 60;
    private const long GraceSeconds = 15;

    private readonly DecoderOptions _options;
    private readonly FieldSet _top = new();
    private readonly FieldSet _arg = new();
    private readonly FieldSet _item = new();

    /// <summary>A decoder that has seen nothing yet.</summary>
    public OkxDecoder(DecoderOptions? options = null)
        : base(Venue.Okx, OkxNaming.Instance) => _options = options ?? new DecoderOptions();

    /// <inheritdoc/>
    public override IReadOnlyList<string> MissingFields() =>
        [.. _top.MissingNames(OkxFields.NameOf), .. _arg.MissingNames(OkxFields.NameOf), .. _item.MissingNames(OkxFields.NameOf)];

    private protected override DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        // Signs of life are four letters, and no JSON.
        if (frame.Bytes.SequenceEqual("pong"u8) || frame.Bytes.SequenceEqual("ping"u8))
        {
            return Control(frame.Bytes);
        }

        if (TryReadShaped(ref scanner, frame, batch))
        {
            // All that tells what the frame is belongs to its shape.
            return CheckItem(ref scanner) && FinishItem(ref scanner, frame, batch) ? DecodeOutcome.Records : DecodeOutcome.Rejected;
        }

        BeginFrame(frame);
        batch.Clear();
        scanner = new JsonScanner(frame.Bytes);
        JsonToken token = scanner.Peek();
        if (token == JsonToken.Object)
        {
            if (!ReadMembers(ref scanner, frame, batch, _top, OkxScope.Top) || !scanner.End())
            {
                return DecodeOutcome.Rejected;
            }

            DecodeOutcome outcome = Interpret(ref scanner, frame, batch);
            if (outcome is DecodeOutcome.Control or DecodeOutcome.UnknownEvent)
            {
                // Whatever was read of it on the way was not meant.
                batch.Clear();
                _streams.Rollback();
                if (_ended is not null)
                {
                    _draft.WriteEnded(batch, frame, _ended);
                }
            }
            else if (outcome == DecodeOutcome.Records)
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
        _arg.Clear(0);
        _item.Clear(0);
        _channel = OkxChannel.Other;
        _stream = null;
        _isRouted = false;
        _ended = null;
        _isDataRead = false;
        _itemStart = 0;
        _sidesRead = 0;
    }
}
