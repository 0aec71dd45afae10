using System.Text;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>
/// The instruments and streams a decoder knows. What a frame adds or changes is in force at once, so that a second message of the same frame
/// finds it, and is taken back by <see cref="Rollback"/> when the frame turns out to be bad. Used on the decode thread only.
/// </summary>
internal sealed class StreamRegistry(Venue venue, IStreamNaming naming)
{
    /// <summary>
    /// Most streams, and so most instruments: all pairs of the largest venue with all channels of one speed are about 20,000 (Binance spot, 2026-07).
    /// Frames of further streams are rejected.
    /// </summary>
    public const int StreamsMax = 65_536;

    private readonly StreamTable _streams = new();
    private readonly Dictionary<string, CodecInstrument> _instruments = [];
    private readonly Dictionary<uint, CodecInstrument> _instrumentsById = [];
    private readonly List<Change> _changes = [];
    private readonly NameBuffer _name = new();
    private DefinitionNumbers _numbers = new();

    /// <summary>The market all of them belong to.</summary>
    public Venue Venue => venue;

    /// <summary>Whether a further stream can be declared.</summary>
    public bool IsFull => _streams.Count >= StreamsMax;

    /// <summary>Takes numbers from where other decoders take theirs, from now on.</summary>
    public void Share(DefinitionNumbers numbers)
    {
        numbers.Reserve(_numbers);
        _numbers = numbers;
    }

    /// <summary>The stream of this name, or null. Allocates nothing.</summary>
    public CodecStream? Find(ReadOnlySpan<byte> name) => _streams.Find(name);

    /// <summary>The instrument of this symbol, or null.</summary>
    public CodecInstrument? FindInstrument(ReadOnlySpan<byte> symbol)
    {
        if (symbol.Length > Text40.BytesMax)
        {
            return null;
        }

        Span<char> text = stackalloc char[Text40.BytesMax];
        int length = Encoding.ASCII.GetChars(symbol, text);
        return _instruments.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out CodecInstrument? known) ? known : null;
    }

    /// <summary>From here on changes belong to another frame.</summary>
    public void BeginFrame() => _changes.Clear();

    /// <summary>Takes back everything since <see cref="BeginFrame"/>: the frame is rejected.</summary>
    public void Rollback()
    {
        for (int index = _changes.Count - 1; index >= 0; index--)
        {
            Change change = _changes[index];
            if (change.AddedStream is { } stream)
            {
                _streams.Remove(stream);
                _numbers.LastStreamId--;
            }
            else if (change.IsNew)
            {
                _instruments.Remove(Encoding.ASCII.GetString(change.Instrument!.Symbol));
                _instrumentsById.Remove(change.Instrument.Id);
                _numbers.LastInstrumentId--;
            }
            else
            {
                change.Instrument!.CopyFrom(change.Before);
            }
        }

        _changes.Clear();
    }

    /// <summary>Adds an instrument with the next free number.</summary>
    public CodecInstrument AddInstrument(ReadOnlySpan<byte> symbol)
    {
        var instrument = new CodecInstrument { Id = ++_numbers.LastInstrumentId, Symbol = symbol.ToArray() };
        Add(instrument);
        _changes.Add(new Change { Instrument = instrument, IsNew = true });
        return instrument;
    }

    /// <summary>Adds a stream with the next free number; its name must be new.</summary>
    public CodecStream AddStream(in NewStream stream, CodecInstrument? instrument)
    {
        var added = new CodecStream { Id = ++_numbers.LastStreamId, Instrument = instrument, Channel = stream.Channel, Name = stream.Name.ToArray() };
        _streams.Add(added);
        _changes.Add(new Change { AddedStream = added });
        return added;
    }

    /// <summary>An instrument is about to change.</summary>
    public void Remember(CodecInstrument instrument) => _changes.Add(new Change { Instrument = instrument, Before = instrument.State });

    /// <summary>Takes over a definition (all its slots) from a journal that is continued.</summary>
    /// <exception cref="ArgumentException">Not all slots of one definition.</exception>
    public void Learn(ReadOnlySpan<Record> definition)
    {
        RecordKind kind = definition.IsEmpty ? RecordKind.None : definition[0].Header.Kind;
        if (kind == RecordKind.InstrumentDefinition && definition.Length == InstrumentDefinition.Slots)
        {
            LearnInstrument(
                Record.Read<InstrumentDefinition>(definition[0]), Record.Read<InstrumentSymbol>(definition[1]), Record.Read<InstrumentLimits>(definition[2]));
        }
        else if (kind == RecordKind.StreamDefinition && definition.Length == StreamDefinition.Slots)
        {
            LearnStream(Record.Read<StreamDefinition>(definition[0]), Record.Read<StreamChannel>(definition[1]));
        }
        else
        {
            throw new ArgumentException($"{definition.Length} slots of kind {kind} are not one definition", nameof(definition));
        }
    }

    private void LearnInstrument(in InstrumentDefinition definition, in InstrumentSymbol symbol, in InstrumentLimits limits)
    {
        // Another market of the same journal: its numbers are taken, its frames come to another decoder.
        _numbers.LastInstrumentId = Math.Max(_numbers.LastInstrumentId, definition.InstrumentId);
        if (definition.Venue != venue)
        {
            return;
        }

        if (!_instrumentsById.TryGetValue(definition.InstrumentId, out CodecInstrument? instrument))
        {
            instrument = new CodecInstrument { Id = definition.InstrumentId, Symbol = symbol.Symbol.Bytes.ToArray() };
            Add(instrument);
        }

        instrument.Epoch = definition.Epoch;
        instrument.PriceDecimals = definition.PriceDecimals;
        instrument.QuantityDecimals = definition.QuantityDecimals;
        instrument.PricesMet = (1L << definition.PriceBits) - 1;
        instrument.QuantitiesMet = (1L << definition.QuantityBits) - 1;
        instrument.Terms = InstrumentTerms.Of(definition, limits);
    }

    private void LearnStream(in StreamDefinition definition, in StreamChannel channel)
    {
        _numbers.LastStreamId = Math.Max(_numbers.LastStreamId, definition.Header.StreamId);
        CodecInstrument? instrument = null;
        if (definition.InstrumentId != 0 && !_instrumentsById.TryGetValue(definition.InstrumentId, out instrument))
        {
            return;
        }

        if (naming.TryName(instrument?.Symbol, channel.Channel.Bytes, _name) && _streams.Find(_name.Text) is null)
        {
            _streams.Add(new CodecStream
            {
                Id = definition.Header.StreamId,
                Instrument = instrument,
                Channel = naming.ChannelOf(definition, channel.Channel.Bytes),
                Name = _name.Text.ToArray(),
            });
        }
    }

    private void Add(CodecInstrument instrument)
    {
        _instruments.Add(Encoding.ASCII.GetString(instrument.Symbol), instrument);
        _instrumentsById.Add(instrument.Id, instrument);
    }

    private readonly struct Change
    {
        public CodecStream? AddedStream { get; init; }

        public CodecInstrument? Instrument { get; init; }

        public bool IsNew { get; init; }

        public InstrumentNumbers Before { get; init; }
    }
}
