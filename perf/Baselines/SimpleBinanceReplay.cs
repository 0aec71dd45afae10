namespace Lob.Fast.Baselines;

/// <summary>
/// A second, deliberately simple implementation of what a replay of Binance frames must come to: JsonDocument, decimal, SortedDictionary,
/// and no line of code in common with the engine or its codecs. It is slow, and meant to be read.
/// </summary>
/// <param name="market">Whose rules apply.</param>
/// <param name="symbol">Whose book a REST answer is that does not say; null = that of the only symbol with a depth stream so far.</param>
public sealed class SimpleBinanceReplay(BinanceMarket market, string? symbol = null)
{
    private readonly List<SimpleDepthStream> _streams = [];
    private readonly HashSet<string> _streamNames = [];
    private readonly Dictionary<string, SimpleSnapshot> _early = [];

    /// <summary>The books, in the order in which they appeared.</summary>
    public IReadOnlyList<SimpleDepthStream> Streams => _streams;

    /// <summary>Frames that are market data: deltas, REST books, tickers, trades, candles.</summary>
    public int Messages { get; private set; }

    /// <summary>Frames that were not taken in.</summary>
    public int Rejected { get; private set; }

    /// <summary>Acknowledgements, and events that are not read.</summary>
    public int Others { get; private set; }

    /// <summary>What was wrong with the last frame rejected.</summary>
    public string? LastFault { get; private set; }

    /// <summary>Sum over the books.</summary>
    public int Gaps => _streams.Sum(static stream => stream.Gaps);

    /// <summary>Sum over the books.</summary>
    public int Duplicates => _streams.Sum(static stream => stream.Duplicates);

    /// <summary>Sum over the books.</summary>
    public int Resyncs => _streams.Sum(static stream => stream.Resyncs);

    /// <summary>Sum over the books.</summary>
    public int Crossed => _streams.Sum(static stream => stream.Crossed);

    /// <summary>Sum over the books.</summary>
    public int Locked => _streams.Sum(static stream => stream.Locked);

    /// <summary>Sum over the books.</summary>
    public int AbsentDeletes => _streams.Sum(static stream => stream.AbsentDeletes);

    /// <summary>Sum over the books.</summary>
    public int BboCompared => _streams.Sum(static stream => stream.Proof.Compared);

    /// <summary>Sum over the books.</summary>
    public int BboEqual => _streams.Sum(static stream => stream.Proof.Equal);

    /// <summary>Takes in one frame; false when it was rejected.</summary>
    public bool Feed(RecordedFrame frame)
    {
        SimpleMessage message;
        try
        {
            message = SimpleBinanceParser.Parse(frame.Bytes, market);
            if (message is SimpleSnapshot { Symbol: null } snapshot)
            {
                message = snapshot with { Symbol = frame.Symbol ?? symbol ?? OnlySymbol() };
            }
        }
        catch (FormatException fault)
        {
            Reject(frame, fault.Message);
            return false;
        }

        if (message is SimpleControl)
        {
            Others++;
            return true;
        }

        Messages++;
        _streamNames.Add(NameOf(message));
        switch (message)
        {
            case SimpleDelta delta:
                StreamOf(delta, frame.Connection).Delta(delta);
                break;
            case SimpleSnapshot snapshot:
                if (!StreamsOf(snapshot.Symbol).Any())
                {
                    // Kept for the first depth stream of its symbol.
                    _early[snapshot.Symbol!] = snapshot;
                }

                foreach (SimpleDepthStream stream in StreamsOf(snapshot.Symbol))
                {
                    stream.Snapshot(snapshot);
                }

                break;
            case SimpleTicker ticker:
                foreach (SimpleDepthStream stream in StreamsOf(ticker.Symbol))
                {
                    stream.Proof.Ticker(ticker.UpdateId, ticker.Bid, ticker.Ask);
                }

                break;
        }

        return true;
    }

    // What the frame was can be told from how it begins. If not even that, every book of its connection may have missed something.
    private void Reject(RecordedFrame frame, string fault)
    {
        Rejected++;
        LastFault = fault;
        ReadOnlySpan<byte> bytes = frame.Bytes.Span;
        string? name = SimpleBinanceParser.StreamNameOf(bytes) ?? (SimpleBinanceParser.BeginsAsSnapshot(bytes) ? "" : null);
        bool attributed = name is not null && _streamNames.Contains(name);
        foreach (SimpleDepthStream stream in _streams)
        {
            if (attributed ? NameOf(stream.Symbol, stream.Channel) == name : stream.Connection == frame.Connection)
            {
                stream.Rejected();
            }
        }
    }

    private SimpleDepthStream StreamOf(SimpleDelta delta, int connection)
    {
        SimpleDepthStream? stream = _streams.Find(known => known.Symbol == delta.Symbol && known.Channel == delta.Channel);
        if (stream is null)
        {
            stream = new SimpleDepthStream(delta.Symbol!, delta.Channel, market, connection);
            _streams.Add(stream);
            if (_early.Remove(delta.Symbol!, out SimpleSnapshot? snapshot))
            {
                stream.Snapshot(snapshot);
            }
        }

        return stream;
    }

    private IEnumerable<SimpleDepthStream> StreamsOf(string? of) => _streams.Where(stream => stream.Symbol == of);

    private string OnlySymbol()
    {
        string[] symbols = [.. _streams.Select(static stream => stream.Symbol).Distinct()];
        return symbols.Length == 1 ? symbols[0] : throw new FormatException("a REST book, and nothing says of which symbol");
    }

    private static string NameOf(SimpleMessage message) => message is SimpleSnapshot ? "" : NameOf(message.Symbol!, message.Channel);

    private static string NameOf(string symbol, string channel) => $"{symbol.ToLowerInvariant()}@{channel}";
}
