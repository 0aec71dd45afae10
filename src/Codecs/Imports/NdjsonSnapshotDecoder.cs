using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Imports;

/// <summary>
/// Lines of the Bybit snapshot collectors to records, each a whole book: <c>{"ts": ms, "symbol": "BTCUSDT", "bids": [[price, size], …], "asks": […]}</c>,
/// best first; the WebSocket collector adds <c>u</c> and <c>seq</c>. Numbers are JSON numbers (or the venue's strings) and stay exact. Other keys are passed over.
/// A book stream of channel <c>ndjson</c>: nothing proves that a line is what the venue sent, or that none is missing, so its evidence is none.
/// Form of the lines: the collectors' published code, 2026-11-20.
/// </summary>
public sealed class NdjsonSnapshotDecoder : IVenueDecoder
{
    /// <summary>A live book without a line for longer than this is stale: what holds for the venue's own streams.</summary>
    public const long StaleAfterNs = 30_000_000_000;

    private const int Ts = 0;
    private const int Symbol = 1;
    private const int Bids = 2;
    private const int Asks = 3;
    private const int U = 4;
    private const int Seq = 5;
    private const ulong Required = (1UL << Ts) | (1UL << Bids) | (1UL << Asks);
    private const ulong Optional = (1UL << Symbol) | (1UL << U) | (1UL << Seq);

    private static readonly string[] Names = ["ts", "symbol", "bids", "asks", "u", "seq"];
    private static readonly byte[][] Keys = [.. Names.Select(Encoding.ASCII.GetBytes)];
    private static readonly StreamRules Rules = new(StreamRole.Book) { StaleAfterNs = StaleAfterNs };

    private readonly StreamRegistry _streams;
    private readonly MessageDraft _draft;
    private readonly FieldSet _fields = new();
    private readonly NameBuffer _symbol = new();
    private readonly NameBuffer _name = new();
    private readonly byte[] _defaultSymbol;

    /// <summary>A decoder that has seen nothing yet.</summary>
    /// <param name="venue">The market the lines are of.</param>
    /// <param name="options">Its default symbol is that of lines that name none.</param>
    public NdjsonSnapshotDecoder(Venue venue, DecoderOptions? options = null)
    {
        Venue = venue;
        _streams = new StreamRegistry(venue, SnapshotNaming.Instance);
        _draft = new MessageDraft(_streams);
        _defaultSymbol = Encoding.UTF8.GetBytes(options?.DefaultSymbol ?? "");
    }

    /// <summary>Channel of the streams.</summary>
    public static ReadOnlySpan<byte> ChannelName => "ndjson"u8;

    /// <inheritdoc/>
    public Venue Venue { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> MissingFields() => [.. _fields.MissingNames(static slot => Names[slot])];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> UnknownEvents() => new Dictionary<string, long>();

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> ControlMessages() => new Dictionary<string, long>();

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<Record> definition) => _streams.Learn(definition);

    /// <inheritdoc/>
    public DecodeResult Decode(in Frame frame, RecordBuffer batch)
    {
        _streams.BeginFrame();
        _fields.Clear(0);
        _name.Clear();
        if (frame.Bytes.Length > Frame.BytesMax)
        {
            return DecodeResult.Rejected(RejectReason.Oversized, Frame.BytesMax, 0);
        }

        JsonScanner scanner = new(frame.Bytes);
        if (ReadFields(ref scanner, frame) && Produce(ref scanner, frame, batch))
        {
            return DecodeResult.Ok;
        }

        batch.Clear();
        _streams.Rollback();
        return DecodeResult.Rejected(scanner.Reason, scanner.FaultByte, _streams.Find(_name.Text)?.Id ?? 0);
    }

    /// <summary>Reads the fields of the line as far as they are of use, and which stream it is of.</summary>
    private bool ReadFields(ref JsonScanner scanner, in Frame frame)
    {
        if (scanner.Peek() is not (JsonToken.Object or JsonToken.None))
        {
            return scanner.SkipValue() && scanner.Fail(RejectReason.WrongType, 0);
        }

        if (!scanner.EnterObject())
        {
            return false;
        }

        while (scanner.NextMember())
        {
            int slot = SlotOf(ref scanner);
            if (slot >= 0 && !_fields.Has(slot))
            {
                if (!scanner.ReadValue(ref _fields[slot]))
                {
                    return false;
                }

                _fields.Add(slot);
                if (slot == Symbol && _fields.Has(Symbol, JsonToken.String) && _symbol.Set(_fields[Symbol], frame.Bytes))
                {
                    // Known early: a fault behind it can then be said to be of this stream.
                    SetName();
                }

                continue;
            }

            if (slot >= 0)
            {
                _fields.AddDuplicate(slot, scanner.Position);
            }

            if (!scanner.SkipValue())
            {
                return false;
            }
        }

        return scanner.End();
    }

    private static int SlotOf(ref JsonScanner scanner)
    {
        for (int slot = 0; slot < Keys.Length; slot++)
        {
            if (scanner.KeyIs(Keys[slot]))
            {
                return slot;
            }
        }

        return -1;
    }

    private bool Produce(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!Fields.Check(ref scanner, _fields, Required, Optional)
            || !Fields.CheckType(ref scanner, _fields, Bids, JsonToken.Array)
            || !Fields.CheckType(ref scanner, _fields, Asks, JsonToken.Array)
            || !Fields.TryTime(ref scanner, _fields, Ts, out long venueTimeNs)
            || !TrySequence(ref scanner, U, out long last)
            || !TrySequence(ref scanner, Seq, out long second)
            || !TrySymbol(ref scanner))
        {
            return false;
        }

        CodecStream? stream = _streams.Find(_name.Text);
        _draft.Begin(batch, frame, stream, stream?.Instrument ?? _streams.FindInstrument(_symbol.Text), venueTimeNs);
        if (!WriteBody(ref scanner, frame, batch))
        {
            return false;
        }

        if (_draft.NeedsDefinition)
        {
            NewStream newStream = new() { Name = _name.Text, Symbol = _symbol.Text, ChannelName = ChannelName, Channel = 0, Rules = Rules };
            if (!_draft.TryDefine(ref scanner, frame, batch, newStream) || !WriteBody(ref scanner, frame, batch))
            {
                return false;
            }
        }

        ref MessageBegin begin = ref _draft.Finish(batch, frame, MessageType.BookSnapshot);
        begin.LastSequence = last;
        begin.PreviousSequence = second;

        // The collector asks for so many levels and writes no word of it: nothing is known behind the last.
        begin.Detail = (byte)(SnapshotLimits.BidsCut | SnapshotLimits.AsksCut);
        return true;
    }

    private bool TrySymbol(ref JsonScanner scanner)
    {
        int at = 0;
        if (_fields.Has(Symbol))
        {
            at = _fields[Symbol].Start;
            if (!Fields.CheckType(ref scanner, _fields, Symbol, JsonToken.String))
            {
                return false;
            }
        }
        else if (!_symbol.Set(_defaultSymbol) || _symbol.Text.IsEmpty)
        {
            return scanner.Fail(RejectReason.UnknownSymbol, 0);
        }
        else
        {
            SetName();
        }

        return (!_name.Text.IsEmpty && Fields.IsName(_symbol.Text)) || scanner.Fail(RejectReason.BadName, at);
    }

    private void SetName() => SnapshotNaming.Instance.TryName(_symbol.Text, ChannelName, _name);

    /// <summary>An integer; <see cref="Sequence.None"/> where the line has none, or null.</summary>
    private bool TrySequence(ref JsonScanner scanner, int slot, out long sequence)
    {
        sequence = Sequence.None;
        return !_fields.Has(slot) || _fields.Has(slot, JsonToken.Null) || Fields.TryInteger(ref scanner, _fields, slot, 0, out sequence);
    }

    private bool WriteBody(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        _draft.Rows.Header.Flags = RecordFlags.Snapshot;
        batch.Add<MessageBegin>();
        return WriteSide(ref scanner, frame, batch, Side.Bid) && WriteSide(ref scanner, frame, batch, Side.Ask);
    }

    private bool WriteSide(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, Side side)
    {
        JsonScanner rows = new(frame.Bytes, _fields[side == Side.Bid ? Bids : Asks].Start);
        _draft.Rows.LastPrice = -1;
        _draft.Rows.Order = side == Side.Bid ? RowOrder.Falling : RowOrder.Rising;
        rows.EnterArray();
        while (rows.NextElement())
        {
            if (!WriteRow(ref rows, batch, side))
            {
                break;
            }
        }

        return !rows.Failed || scanner.Fail(rows.Reason, rows.FaultByte);
    }

    private bool WriteRow(ref JsonScanner rows, RecordBuffer batch, Side side)
    {
        ref LevelRowsState state = ref _draft.Rows;
        int start = rows.Position;
        if (rows.Peek() != JsonToken.Array)
        {
            return rows.Fail(RejectReason.WrongType, start);
        }

        rows.EnterArray();
        JsonValue priceText = default;
        JsonValue sizeText = default;
        if (!ReadItem(ref rows, start, ref priceText) || !ReadItem(ref rows, start, ref sizeText))
        {
            return false;
        }

        while (rows.NextElement())
        {
            rows.SkipValue();
        }

        if (!TryNumber(ref rows, priceText, state.PriceScale.Decimals, ref state.Need.Price, ref state.Need.PriceByte, out DecimalNumber price)
            || !TryNumber(ref rows, sizeText, state.QuantityScale.Decimals, ref state.Need.Quantity, ref state.Need.QuantityByte, out DecimalNumber size))
        {
            return false;
        }

        // A number with more decimals than its scale is read again at a finer one, and judged then.
        if (state.Need.IsNone)
        {
            if (price.Value == 0)
            {
                return rows.Fail(RejectReason.ImpossibleValue, priceText.Start);
            }

            if (!state.InOrder(price.Value, size.Value, state.LastPrice))
            {
                return size.Value == 0 ? rows.Fail(RejectReason.ImpossibleValue, sizeText.Start) : rows.Fail(RejectReason.LevelOrder, priceText.Start);
            }
        }

        ref LevelSet level = ref batch.Add<LevelSet>();
        _draft.SetHeader(ref level.Header, side, price, size);
        level.PriceTicks = price.Value;
        level.QuantityLots = size.Value;
        state.PricesMet |= price.Value;
        state.QuantitiesMet |= size.Value;
        state.LastPrice = price.Value;
        return true;
    }

    private static bool ReadItem(ref JsonScanner rows, int rowStart, ref JsonValue item)
    {
        if (!rows.NextElement())
        {
            return !rows.Failed && rows.Fail(RejectReason.MissingField, rowStart);
        }

        return rows.ReadValue(ref item)
            && (item.Token is JsonToken.Number or JsonToken.String || rows.Fail(RejectReason.WrongType, item.Start));
    }

    /// <summary>A number above or at zero, exactly; what it needs beyond its scale is noted.</summary>
    private static bool TryNumber(ref JsonScanner rows, in JsonValue text, int decimals, ref int need, ref int needByte, out DecimalNumber number)
    {
        ReadOnlySpan<byte> bytes = text.In(rows.Frame);
        number = text.Token == JsonToken.Number ? ImportedNumber.Parse(bytes, decimals) : DecimalParser.Parse(bytes, decimals);
        if (number.Reason != RejectReason.None)
        {
            return rows.Fail(number.Reason, text.Start + number.FaultByte);
        }

        if (number.Negative)
        {
            return rows.Fail(RejectReason.ImpossibleValue, text.Start);
        }

        if (number.Significant > decimals && number.Significant > need)
        {
            (need, needByte) = (number.Significant, text.Start);
        }

        return true;
    }
}
