using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>
/// One message on its way into the batch. Its body is read at the exponents known so far; when that was not enough, or the stream is new,
/// <see cref="TryDefine"/> writes what has to be defined and the body is read again:
/// <code>
/// draft.Begin(batch, frame, stream, instrument, venueTimeNs);
/// if (!WriteBody(…) || (draft.NeedsDefinition &amp;&amp; !(draft.TryDefine(…) &amp;&amp; WriteBody(…)))) return false;
/// ref MessageBegin begin = ref draft.Finish(batch, frame, MessageType.BookDelta);
/// begin.LastSequence = …;
/// </code>
/// <c>WriteBody</c> adds the MessageBegin and everything behind it. One draft is used for all messages of a decoder, one after the other.
/// </summary>
internal sealed class MessageDraft(StreamRegistry registry)
{
    private int _start;
    private int _begin;
    private CodecInstrument? _instrument;

    /// <summary>Scales, header and what was met of the message at hand; for all kinds of messages, not only those with rows.</summary>
    public LevelRowsState Rows;

    /// <summary>The stream of the message; null until it is declared.</summary>
    public CodecStream? Stream { get; private set; }

    /// <summary>Whether the stream is new, or a number had more decimals than the instrument has.</summary>
    public bool NeedsDefinition => Stream is null || !Rows.Need.IsNone;

    /// <summary>Starts a message at the end of the batch.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="frame">Where it comes from.</param>
    /// <param name="stream">Its stream; null = not declared yet.</param>
    /// <param name="instrument">Its instrument where that is known already; null = new, or none.</param>
    /// <param name="venueTimeNs">Event time of the message, Unix ns; 0 = none.</param>
    public void Begin(RecordBuffer batch, in Frame frame, CodecStream? stream, CodecInstrument? instrument, long venueTimeNs)
    {
        Stream = stream;
        _instrument = stream?.Instrument ?? instrument;
        _start = batch.Count;
        _begin = _start;
        SetRows(frame, venueTimeNs, _instrument?.PriceDecimals ?? 0, _instrument?.QuantityDecimals ?? 0);
    }

    /// <summary>
    /// Takes the body out of the batch, writes the definitions the message needs, and sets the exponents to read it at again. False = a fault,
    /// which the scanner holds: a number that no exponent can hold together with those met before, or too many streams.
    /// </summary>
    public bool TryDefine(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, in NewStream newStream)
    {
        if (Stream is null && registry.IsFull)
        {
            return scanner.Fail(RejectReason.TooManyStreams, 0);
        }

        batch.Truncate(_start);
        if ((!newStream.Symbol.IsEmpty || _instrument is not null)
            && !TryDefineInstrument(ref scanner, frame, batch, newStream.Symbol, Rows.Need))
        {
            return false;
        }

        if (Stream is null)
        {
            Stream = registry.AddStream(newStream, _instrument);
            DefineStream(batch, frame, newStream);
        }

        _begin = batch.Count;
        SetRows(frame, Rows.Header.VenueTimeNs, _instrument?.PriceDecimals ?? 0, _instrument?.QuantityDecimals ?? 0);
        return true;
    }

    /// <summary>
    /// The body is complete: flags, stream, times and connection of all its records are set, and its numbers become part of what the decoder knows.
    /// Sequences are left at none for the caller to fill in.
    /// </summary>
    public ref MessageBegin Finish(RecordBuffer batch, in Frame frame, MessageType type)
    {
        ref MessageBegin begin = ref Record.As<MessageBegin>(ref batch[_begin]);
        begin.Header.Code = (byte)type;
        begin.Header.StreamId = Stream!.Id;
        begin.Header.ReceivedAtNs = frame.ReceivedAtNs;
        begin.Header.VenueTimeNs = Rows.Header.VenueTimeNs;
        begin.Header.Flags |= RecordFlags.FirstInMessage | (Rows.Header.Flags & RecordFlags.Snapshot);
        begin.LastSequence = Sequence.None;
        begin.FirstSequence = Sequence.None;
        begin.PreviousSequence = Sequence.None;
        begin.Connection = frame.Connection;
        batch[batch.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
        if (_instrument is not null)
        {
            NoteNumbers(batch);
        }

        return ref begin;
    }

    /// <summary>A price of the message, written as a JSON string. Zero = allowed only where the venue writes it for "none".</summary>
    public bool TryPrice(ref JsonScanner scanner, in JsonValue value, bool zeroAllowed, out DecimalNumber number)
    {
        number = default;
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        if (!Rows.Need.TryReadPrice(ref scanner, value, Rows.PriceScale, out number))
        {
            return false;
        }

        Rows.PricesMet |= number.Value;
        return number.Value != 0 || zeroAllowed || number.Significant > Rows.PriceScale.Decimals
            || scanner.Fail(RejectReason.ImpossibleValue, value.Start);
    }

    /// <summary>A quantity of the message, written as a JSON string.</summary>
    public bool TryQuantity(ref JsonScanner scanner, in JsonValue value, out DecimalNumber number)
    {
        number = default;
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        if (!Rows.Need.TryReadQuantity(ref scanner, value, Rows.QuantityScale, out number))
        {
            return false;
        }

        Rows.QuantitiesMet |= number.Value;
        return true;
    }

    /// <summary>Header of a further record of the message.</summary>
    public void SetHeader(ref RecordHeader header, Side side, in DecimalNumber price, in DecimalNumber quantity)
    {
        RecordKind kind = header.Kind;
        header = Rows.Header;
        header.Kind = kind;
        header.Code = (byte)side;
        header.TextForm = TextForm.Of(price.Written, quantity.Written);
    }

    /// <summary>
    /// Writes what a venue's list says of an instrument, if that is new: a definition of its own, without any message. The terms are at
    /// <paramref name="priceDecimals"/> and <paramref name="quantityDecimals"/>; the instrument becomes at least that fine.
    /// </summary>
    public bool TryDefineTerms(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, ReadOnlySpan<byte> symbol, InstrumentTerms terms,
        int priceDecimals, int quantityDecimals)
    {
        CodecInstrument? instrument = registry.FindInstrument(symbol);
        if (instrument is null)
        {
            instrument = registry.AddInstrument(symbol);
            instrument.PriceDecimals = priceDecimals;
            instrument.QuantityDecimals = quantityDecimals;
        }

        DecimalsNeeded need = new() { Price = priceDecimals, Quantity = quantityDecimals };
        bool finer = priceDecimals > instrument.PriceDecimals || quantityDecimals > instrument.QuantityDecimals;
        if (finer && !TryGrow(ref scanner, instrument, need))
        {
            return false;
        }

        int priceGrowth = instrument.PriceDecimals - priceDecimals;
        int quantityGrowth = instrument.QuantityDecimals - quantityDecimals;
        long quantitiesMet = terms.QuantityStepLots | terms.QuantityMinLots;
        if (!CodecInstrument.TryGrow(terms.PriceStepTicks, priceGrowth, out long prices)
            || !CodecInstrument.TryGrow(quantitiesMet, quantityGrowth, out long quantities))
        {
            return scanner.Fail(RejectReason.NumberOutOfRange, 0);
        }

        terms = terms.Rescaled(PowersOfTen.Of(priceGrowth), PowersOfTen.Of(quantityGrowth));
        if (instrument.Epoch > 0 && !finer && terms == instrument.Terms)
        {
            return true;
        }

        registry.Remember(instrument);
        instrument.Terms = terms;
        instrument.PricesMet |= prices;
        instrument.QuantitiesMet |= quantities;
        SetRows(frame, 0, 0, 0);
        WriteInstrument(batch, frame, instrument);
        return true;
    }

    /// <summary>A message that says that the venue sends no more of the stream.</summary>
    public void WriteEnded(RecordBuffer batch, in Frame frame, CodecStream stream)
    {
        Begin(batch, frame, stream, stream.Instrument, venueTimeNs: 0);
        batch.Add<MessageBegin>();
        Finish(batch, frame, MessageType.Ended);
    }

    private void NoteNumbers(RecordBuffer batch)
    {
        CodecInstrument instrument = _instrument!;
        long prices = instrument.PricesMet | Rows.PricesMet;
        long quantities = instrument.QuantitiesMet | Rows.QuantitiesMet;
        if (prices != instrument.PricesMet || quantities != instrument.QuantitiesMet)
        {
            registry.Remember(instrument);
            instrument.PricesMet = prices;
            instrument.QuantitiesMet = quantities;
        }

        if (_begin > _start && batch[_start].Header.Kind == RecordKind.InstrumentDefinition)
        {
            ref InstrumentDefinition definition = ref Record.As<InstrumentDefinition>(ref batch[_start]);
            definition.PriceBits = (byte)CodecInstrument.Bits(prices);
            definition.QuantityBits = (byte)CodecInstrument.Bits(quantities);
        }
    }

    private bool TryDefineInstrument(ref JsonScanner scanner, in Frame frame, RecordBuffer batch, ReadOnlySpan<byte> symbol, in DecimalsNeeded need)
    {
        if (_instrument is null)
        {
            _instrument = registry.AddInstrument(symbol);
            _instrument.PriceDecimals = Math.Max(Rows.PriceScale.Decimals, need.Price);
            _instrument.QuantityDecimals = Math.Max(Rows.QuantityScale.Decimals, need.Quantity);
        }
        else if (need.IsNone)
        {
            return true;
        }
        else if (!TryGrow(ref scanner, _instrument, need))
        {
            return false;
        }

        WriteInstrument(batch, frame, _instrument);
        return true;
    }

    private bool TryGrow(ref JsonScanner scanner, CodecInstrument instrument, in DecimalsNeeded need)
    {
        int priceGrowth = Math.Max(0, need.Price - instrument.PriceDecimals);
        int quantityGrowth = Math.Max(0, need.Quantity - instrument.QuantityDecimals);
        if (!CodecInstrument.TryGrow(instrument.PricesMet, priceGrowth, out long prices))
        {
            return scanner.Fail(RejectReason.NumberOutOfRange, need.PriceByte);
        }

        if (!CodecInstrument.TryGrow(instrument.QuantitiesMet, quantityGrowth, out long quantities))
        {
            return scanner.Fail(RejectReason.NumberOutOfRange, need.QuantityByte);
        }

        registry.Remember(instrument);
        instrument.PricesMet = prices;
        instrument.QuantitiesMet = quantities;
        instrument.PriceDecimals += priceGrowth;
        instrument.QuantityDecimals += quantityGrowth;
        instrument.Terms = instrument.Terms.Rescaled(PowersOfTen.Of(priceGrowth), PowersOfTen.Of(quantityGrowth));
        return true;
    }

    // A new epoch of the instrument, at the end of the batch.
    private void WriteInstrument(RecordBuffer batch, in Frame frame, CodecInstrument instrument)
    {
        int first = batch.Count;
        instrument.Epoch++;
        batch.Add<InstrumentDefinition>();
        batch.Add<InstrumentSymbol>().Symbol = Text40.Of(instrument.Symbol);
        batch.Add<InstrumentLimits>();
        ref InstrumentDefinition definition = ref Record.As<InstrumentDefinition>(ref batch[first]);
        definition.InstrumentId = instrument.Id;
        definition.Epoch = instrument.Epoch;
        definition.Venue = registry.Venue;
        definition.PriceDecimals = (byte)instrument.PriceDecimals;
        definition.QuantityDecimals = (byte)instrument.QuantityDecimals;
        definition.PriceBits = (byte)CodecInstrument.Bits(instrument.PricesMet);
        definition.QuantityBits = (byte)CodecInstrument.Bits(instrument.QuantitiesMet);
        instrument.Terms.CopyTo(ref definition, ref Record.As<InstrumentLimits>(ref batch[first + 2]));
        SealDefinition(batch, first, frame, 0);
    }

    private void DefineStream(RecordBuffer batch, in Frame frame, in NewStream newStream)
    {
        int first = batch.Count;
        StreamRules rules = newStream.Rules;
        ref StreamDefinition definition = ref batch.Add<StreamDefinition>();
        definition.InstrumentId = _instrument?.Id ?? 0;
        definition.Connection = frame.Connection;
        definition.Role = rules.Role;
        definition.Continuity = rules.Continuity;
        definition.Bridge = rules.Bridge;
        definition.Evidence = rules.Evidence;
        definition.StaleAfterNs = rules.StaleAfterNs;
        definition.Checksum = rules.Checksum;
        definition.OnMismatch = rules.OnMismatch;
        definition.DepthLimit = rules.DepthLimit;
        batch.Add<StreamChannel>().Channel = Text40.Of(newStream.ChannelName);
        SealDefinition(batch, first, frame, Stream!.Id);
    }

    private void SealDefinition(RecordBuffer batch, int first, in Frame frame, uint streamId)
    {
        for (int index = first; index < batch.Count; index++)
        {
            ref RecordHeader header = ref batch[index].Header;
            header.StreamId = streamId;
            header.ReceivedAtNs = frame.ReceivedAtNs;
            header.VenueTimeNs = Rows.Header.VenueTimeNs;
            header.Flags |= index == first ? RecordFlags.FirstInMessage : RecordFlags.Continued;
        }

        batch[batch.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
    }

    private void SetRows(in Frame frame, long venueTimeNs, int priceDecimals, int quantityDecimals)
    {
        // Field by field: a new value would be built elsewhere and copied.
        Rows.Header = default;
        Rows.Header.Kind = RecordKind.LevelSet;
        Rows.Header.StreamId = Stream?.Id ?? 0;
        Rows.Header.ReceivedAtNs = frame.ReceivedAtNs;
        Rows.Header.VenueTimeNs = venueTimeNs;
        Rows.PriceScale = new DecimalScale(priceDecimals);
        Rows.QuantityScale = new DecimalScale(quantityDecimals);
        Rows.OrderCounts = false;
        Rows.Order = RowOrder.Any;
        Rows.LastPrice = 0;
        Rows.PricesMet = 0;
        Rows.QuantitiesMet = 0;
        Rows.Need = default;
    }
}
