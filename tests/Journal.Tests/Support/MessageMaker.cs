using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Tests.Support;

/// <summary>
/// Makes messages as the pipeline would, from a seed: book deltas, candles (three slots each), timers with a derived seal. Also the state
/// that a checkpoint holds: definitions, and as many levels as asked for.
/// </summary>
internal sealed class MessageMaker(int seed, int checkpointLevels = 3, int session = 0) : ICheckpointSource
{
    public const uint Instrument = 1;
    public const uint BookStream = 1;
    public const uint CandleStream = 2;

    private readonly Random _random = new(seed);
    private long _timeNs = StartNs(session);
    private long _sequence = 100;

    private long _committedTimeNs = StartNs(session);
    private long _committedSequence = 100;

    /// <summary>Checkpoints written so far, each as it was given.</summary>
    public List<Record[]> Checkpoints { get; } = [];

    /// <summary>Everything given out is committed: the next checkpoint says so.</summary>
    public void Committed() => (_committedTimeNs, _committedSequence) = (_timeNs, _sequence);

    public void WriteCheckpoint(RecordBuffer target)
    {
        ref EngineState state = ref target.Add<EngineState>();
        state.Header.Flags = RecordFlags.FirstInMessage | RecordFlags.Checkpoint;
        state.Instruments = 1;
        state.Streams = 2;
        ref EngineChain chain = ref target.Add<EngineChain>();
        chain.Header.Flags = RecordFlags.Continued | RecordFlags.Checkpoint;
        AddDefinitions(target, RecordFlags.Checkpoint, alone: false);

        ref StreamState stream = ref target.Add<StreamState>();
        stream.Header.StreamId = BookStream;
        stream.Header.Flags = RecordFlags.Checkpoint;
        stream.Header.Code = (byte)BookState.Live;
        stream.LastSequence = _committedSequence;
        for (int i = 1; i < StreamState.Slots; i++)
        {
            ref Record rest = ref target.Add();
            rest.Header.Kind = RecordKind.StreamState;
            rest.Header.StreamId = BookStream;
            rest.Header.Flags = RecordFlags.Checkpoint | RecordFlags.Continued;
        }

        ref BookImage image = ref target.Add<BookImage>();
        image.Header.StreamId = BookStream;
        image.Header.Flags = RecordFlags.Checkpoint;
        for (int i = 0; i < checkpointLevels; i++)
        {
            ref LevelSet level = ref target.Add<LevelSet>();
            level.Header.StreamId = BookStream;
            level.Header.Flags = RecordFlags.Checkpoint | RecordFlags.Snapshot;
            level.PriceTicks = 1000 + i;
        }

        foreach (ref Record record in target.Records)
        {
            record.Header.ReceivedAtNs = _committedTimeNs;
        }

        target[target.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
        Checkpoints.Add(target.Records.ToArray());
    }

    /// <summary>Slots of a checkpoint.</summary>
    public int CheckpointSlots()
    {
        using RecordBuffer buffer = new();
        WriteCheckpoint(buffer);
        return buffer.Count;
    }

    /// <summary>A message of exactly <paramref name="slots"/> slots.</summary>
    public Record[] Delta(int slots)
    {
        using RecordBuffer buffer = new();
        _timeNs += _random.Next(0, 1000);
        ref MessageBegin begin = ref buffer.Add<MessageBegin>();
        begin.Header.Code = (byte)MessageType.BookDelta;
        begin.FirstSequence = ++_sequence;
        begin.LastSequence = _sequence;
        for (int i = 1; i < slots; i++)
        {
            ref LevelSet level = ref buffer.Add<LevelSet>();
            level.Header.Code = (byte)(1 + (i & 1));
            level.PriceTicks = _random.NextInt64(1, 1L << 40);
            level.QuantityLots = _random.NextInt64(0, 1L << 40);
        }

        return Finish(buffer, BookStream, RecordFlags.None);
    }

    /// <summary>Two candles or more, so that records of three slots fall on every place of a block.</summary>
    public Record[] Candles(int candles)
    {
        using RecordBuffer buffer = new();
        _timeNs += _random.Next(0, 1000);
        ref MessageBegin begin = ref buffer.Add<MessageBegin>();
        begin.Header.Code = (byte)MessageType.Candles;
        begin.LastSequence = Engine.Records.Sequence.None;
        for (int i = 0; i < candles; i++)
        {
            buffer.Add<Candle>().OpenTicks = _random.NextInt64();
            buffer.Add<CandleTurnover>().Header.Flags = RecordFlags.Continued;
            buffer.Add<CandleTaker>().Header.Flags = RecordFlags.Continued;
        }

        return Finish(buffer, CandleStream, RecordFlags.None);
    }

    /// <summary>A timer and the seal it leads to: two messages of one commit.</summary>
    public Record[] Second()
    {
        _timeNs += 1_000_000;
        using RecordBuffer timer = new();
        _ = timer.Add<Engine.Records.Timer>();
        using RecordBuffer seal = new();
        _ = seal.Add<Seal>();
        seal.Add<SealCounts>().Header.Flags = RecordFlags.Continued;
        seal.Add<SealProofs>().Header.Flags = RecordFlags.Continued;
        return [.. Finish(timer, 0, RecordFlags.None), .. Finish(seal, BookStream, RecordFlags.Derived)];
    }

    /// <summary>What a decoder sends before the first message of a stream.</summary>
    public Record[] Definitions()
    {
        using RecordBuffer buffer = new();
        AddDefinitions(buffer, RecordFlags.None, alone: true);
        foreach (ref Record record in buffer.Records)
        {
            record.Header.ReceivedAtNs = _timeNs;
        }

        return buffer.Records.ToArray();
    }

    /// <summary>Any of the above.</summary>
    public Record[] Any(int slotsMax) => _random.Next(10) switch
    {
        0 => Second(),
        1 or 2 => Candles(1 + _random.Next(Math.Max(1, slotsMax / 3))),
        _ => Delta(1 + _random.Next(slotsMax)),
    };

    /// <summary>Sessions lie an hour apart: times never step back when one is appended to another.</summary>
    private static long StartNs(int session) => 1_700_000_000_000_000_000 + (session * 3_600_000_000_000);

    private static void AddDefinitions(RecordBuffer target, RecordFlags flags, bool alone)
    {
        RecordFlags first = alone ? flags | RecordFlags.FirstInMessage : flags;
        RecordFlags last = alone ? flags | RecordFlags.LastInMessage : flags;
        ref InstrumentDefinition instrument = ref target.Add<InstrumentDefinition>();
        instrument.Header.Flags = first;
        instrument.InstrumentId = Instrument;
        instrument.Epoch = 1;
        instrument.Venue = Venue.BinanceUsdM;
        instrument.PriceDecimals = 2;
        instrument.QuantityDecimals = 3;
        ref InstrumentSymbol symbol = ref target.Add<InstrumentSymbol>();
        symbol.Header.Flags = flags | RecordFlags.Continued;
        symbol.Symbol = Text40.Of("BTCUSDT"u8);
        target.Add<InstrumentLimits>().Header.Flags = last | RecordFlags.Continued;

        AddStream(target, BookStream, StreamRole.Book, "depth@100ms"u8, first, last);
        AddStream(target, CandleStream, StreamRole.Candles, "kline_1m"u8, first, last);
    }

    private static void AddStream(RecordBuffer target, uint id, StreamRole role, ReadOnlySpan<byte> name, RecordFlags first, RecordFlags last)
    {
        ref StreamDefinition stream = ref target.Add<StreamDefinition>();
        stream.Header.StreamId = id;
        stream.Header.Flags = first;
        stream.InstrumentId = Instrument;
        stream.Role = role;
        ref StreamChannel channel = ref target.Add<StreamChannel>();
        channel.Header.StreamId = id;
        channel.Header.Flags = last | RecordFlags.Continued;
        channel.Channel = Text40.Of(name);
    }

    private Record[] Finish(RecordBuffer buffer, uint stream, RecordFlags flags)
    {
        foreach (ref Record record in buffer.Records)
        {
            record.Header.StreamId = stream;
            record.Header.ReceivedAtNs = _timeNs;
            record.Header.Flags |= flags;
        }

        buffer[0].Header.Flags |= RecordFlags.FirstInMessage;
        buffer[buffer.Count - 1].Header.Flags |= RecordFlags.LastInMessage;
        return buffer.Records.ToArray();
    }
}
