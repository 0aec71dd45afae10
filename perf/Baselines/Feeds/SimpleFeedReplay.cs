using System.Text;
using System.Text.Json;

namespace Lob.Fast.Baselines.Feeds;

/// <summary>
/// A second, deliberately simple implementation of what a replay of a venue's frames must come to, for the venues that send their snapshots in
/// the stream: JsonDocument, decimal, SortedDictionary, and no line of code in common with the engine or its codecs. It is slow, and meant to be read.
/// </summary>
/// <remarks>
/// Only what concerns books is read. Trades, tickers and candles are told apart and counted, but their content is not checked. A frame is read
/// completely before any of it is believed.
/// </remarks>
public abstract class SimpleFeedReplay
{
    private readonly List<SimpleFeedStream> _streams = [];
    private readonly HashSet<(int Connection, string Name)> _names = [];
    private readonly Dictionary<int, long> _lastOfConnection = [];
    private readonly Dictionary<SimpleFrameKind, int> _kinds = [];
    private readonly Dictionary<(SimpleFrameKind Kind, string What), int> _whats = [];

    /// <summary>The books, in the order in which they appeared.</summary>
    public IReadOnlyList<SimpleFeedStream> Streams => _streams;

    /// <summary>Frames of each kind.</summary>
    public IReadOnlyDictionary<SimpleFrameKind, int> Kinds => _kinds;

    /// <summary>Frames of each kind and name.</summary>
    public IReadOnlyDictionary<(SimpleFrameKind Kind, string What), int> Names => _whats;

    /// <summary>Frames that were not taken in.</summary>
    public int Rejected => Kinds.GetValueOrDefault(SimpleFrameKind.Rejected);

    /// <summary>What was wrong with the last frame rejected.</summary>
    public string? LastFault { get; private set; }

    /// <summary>Frames whose connection sequence did not follow the one before.</summary>
    public int ConnectionGaps { get; private set; }

    /// <summary>Frames with the connection sequence of the one before: ignored.</summary>
    public int ConnectionRepeats { get; private set; }

    /// <summary>Sum over the books.</summary>
    public int Gaps => _streams.Sum(static stream => stream.Gaps);

    /// <summary>Sum over the books.</summary>
    public int Crossed => _streams.Sum(static stream => stream.Crossed);

    /// <summary>Takes in one frame.</summary>
    public SimpleFrame Feed(RecordedFrame frame)
    {
        SimpleFrame result = TryTake(frame);
        _kinds[result.Kind] = Kinds.GetValueOrDefault(result.Kind) + 1;
        _whats[(result.Kind, result.What)] = Names.GetValueOrDefault((result.Kind, result.What)) + 1;
        if (result is { Kind: not SimpleFrameKind.Rejected, Name: { } name })
        {
            _names.Add((frame.Connection, name));
        }

        return result;
    }

    /// <summary>Latest receive time, Unix ns; 0 = the recording has none.</summary>
    protected long NowNs { get; private set; }

    /// <summary>Reads a frame and does what it says; throws <see cref="FormatException"/> before anything is done.</summary>
    protected abstract SimpleFrame Take(int connection, JsonElement root);

    /// <summary>A frame that is no JSON by design; null = the venue has none like it.</summary>
    protected virtual SimpleFrame? TakeText(string text) => null;

    /// <summary>The name that a frame begins with, even if the rest of it cannot be read; null = none.</summary>
    public abstract string? NameAtStart(string text);

    /// <summary>The book of a symbol and channel; a new one if it has not appeared before.</summary>
    protected SimpleFeedStream StreamOf(string symbol, string channel, int connection, string name)
    {
        SimpleFeedStream? stream = _streams.Find(known => known.Symbol == symbol && known.Channel == channel && known.Connection == connection);
        if (stream is null)
        {
            stream = new SimpleFeedStream(symbol, channel, connection);
            _streams.Add(stream);
        }

        stream.Name = name;
        return stream;
    }

    /// <summary>Takes note of the number that counts the frames of a connection; false = the frame came before, and must be ignored.</summary>
    protected bool Counted(int connection, long sequence)
    {
        bool isFirst = !_lastOfConnection.TryGetValue(connection, out long last);
        if (!isFirst && sequence == last)
        {
            ConnectionRepeats++;
            return false;
        }

        if (!isFirst && sequence != last + 1)
        {
            // What is missing may have been of any channel.
            ConnectionGaps++;
            OfConnection(connection).ForEach(static stream => stream.Gap());
        }

        _lastOfConnection[connection] = sequence;
        return true;
    }

    /// <summary>All books of a connection must be fetched again.</summary>
    protected void StartBooksOver(int connection) => OfConnection(connection).ForEach(static stream => stream.StartOver());

    /// <summary>The count of the connection begins again.</summary>
    protected void ForgetCount(int connection) => _lastOfConnection.Remove(connection);

    /// <summary>The connection is a new one: books, names and count begin again.</summary>
    protected void StartOver(int connection)
    {
        StartBooksOver(connection);
        _names.RemoveWhere(name => name.Connection == connection);
        _lastOfConnection.Remove(connection);
    }

    private SimpleFrame TryTake(RecordedFrame frame)
    {
        string text = Encoding.UTF8.GetString(frame.Bytes.Span);
        NowNs = Math.Max(NowNs, frame.ReceivedAtNs);
        try
        {
            if (TakeText(text) is { } taken)
            {
                return taken;
            }

            using JsonDocument document = JsonDocument.Parse(frame.Bytes);
            return Take(frame.Connection, document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            Reject(frame.Connection, NameAtStart(text));
            LastFault = fault.Message;
            return new SimpleFrame(SimpleFrameKind.Rejected, fault is JsonException ? "not JSON" : fault.Message);
        }
    }

    // If no name tells what it was, neither can it be told whether it had a number: all books need a snapshot, and the count begins with the next frame.
    // What the frame was can be told from how it begins. If not even that, every book of its connection may have missed something.
    private void Reject(int connection, string? name)
    {
        bool attributed = name is not null && _names.Contains((connection, name));
        if (attributed && _lastOfConnection.TryGetValue(connection, out long last))
        {
            // A frame of a counted connection had the next number, whatever became of the rest of it.
            _lastOfConnection[connection] = last + 1;
        }
        else
        {
            _lastOfConnection.Remove(connection);
        }

        foreach (SimpleFeedStream stream in OfConnection(connection).Where(stream => !attributed || stream.Name == name))
        {
            stream.Rejected();
        }
    }

    private List<SimpleFeedStream> OfConnection(int connection) => _streams.FindAll(stream => stream.Connection == connection);
}
