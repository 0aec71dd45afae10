using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Perf.Books;

/// <summary>
/// The levels of a recording in their order, by book, decoded beforehand. A snapshot empties the book it is for; one that was asked for apart is for all books of its
/// instrument. All prices are at the decimals the instrument has in the end.
/// </summary>
internal sealed class LevelFeed
{
    private readonly List<Record> _levels = [];
    private readonly List<FeedMessage> _messages = [];
    private Record[] _records = [];
    private FeedMessage[] _played = [];

    private LevelFeed(string name) => Name = name;

    public string Name { get; }

    public int Books { get; private set; }

    public int LevelCount => _records.Length;

    public ReadOnlySpan<FeedMessage> Messages => _played;

    public ReadOnlySpan<Record> LevelsOf(in FeedMessage message) => _records.AsSpan(message.Start, message.Count);

    public static LevelFeed Load(Venue venue, string path)
    {
        var feed = new LevelFeed($"{venue.ToName()} {Path.GetFileName(path)}");
        string? symbol = DepthSymbolScan.OnlySymbol([path]);
        IVenueDecoder decoder = CodecFactory.Create(venue, new DecoderOptions { DefaultSymbol = symbol });
        using var reader = new RecordingReader([path]);
        using var batch = new RecordBuffer();
        var instruments = new Dictionary<uint, InstrumentDefinition>();
        var streams = new Dictionary<uint, (StreamDefinition Definition, int Book)>();
        while (reader.TryRead(out RecordedLine line))
        {
            batch.Clear();
            if (line.Reason != RejectReason.None)
            {
                continue;
            }

            decoder.Decode(line.Frame, batch);
            ReadOnlySpan<Record> records = batch.Records;
            while (!records.IsEmpty)
            {
                int length = 1;
                while (length < records.Length && !records[length].Header.Has(RecordFlags.FirstInMessage))
                {
                    length++;
                }

                feed.Take(records[..length], instruments, streams);
                records = records[length..];
            }
        }

        feed._records = [.. feed._levels];
        feed._played = [.. feed._messages];
        return feed;
    }

    private void Take(
        ReadOnlySpan<Record> message, Dictionary<uint, InstrumentDefinition> instruments, Dictionary<uint, (StreamDefinition Definition, int Book)> streams)
    {
        switch (message[0].Header.Kind)
        {
            case RecordKind.InstrumentDefinition:
                InstrumentDefinition now = Record.Read<InstrumentDefinition>(message[0]);
                if (instruments.TryGetValue(now.InstrumentId, out InstrumentDefinition before))
                {
                    Rescale(before, now, streams);
                }

                instruments[now.InstrumentId] = now;
                break;

            case RecordKind.StreamDefinition:
                StreamDefinition stream = Record.Read<StreamDefinition>(message[0]);
                streams.Add(stream.Header.StreamId, (stream, stream.Role == StreamRole.Book ? Books++ : -1));
                break;

            case RecordKind.MessageBegin when Record.Read<MessageBegin>(message[0]).Type is MessageType.BookDelta or MessageType.BookSnapshot:
                (StreamDefinition definition, int book) = streams[message[0].Header.StreamId];
                bool snapshot = Record.Read<MessageBegin>(message[0]).Type == MessageType.BookSnapshot;
                int start = _levels.Count;
                _levels.AddRange(message[1..]);
                foreach ((StreamDefinition other, int otherBook) in streams.Values)
                {
                    if (otherBook >= 0 && (book >= 0 ? otherBook == book : other.InstrumentId == definition.InstrumentId))
                    {
                        _messages.Add(new FeedMessage(otherBook, start, message.Length - 1, snapshot));
                    }
                }

                break;

            default:
                break;
        }
    }

    private void Rescale(in InstrumentDefinition before, in InstrumentDefinition now, Dictionary<uint, (StreamDefinition Definition, int Book)> streams)
    {
        long priceFactor = PowersOfTen.Of(now.PriceDecimals - before.PriceDecimals);
        long quantityFactor = PowersOfTen.Of(now.QuantityDecimals - before.QuantityDecimals);
        for (int i = 0; i < _levels.Count; i++)
        {
            LevelSet level = Record.Read<LevelSet>(_levels[i]);
            if (streams[level.Header.StreamId].Definition.InstrumentId == now.InstrumentId)
            {
                level.PriceTicks *= priceFactor;
                level.QuantityLots *= quantityFactor;
                _levels[i] = Record.Of(level);
            }
        }
    }
}
