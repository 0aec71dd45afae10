using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Lob.Fast.VenueSim.Recorded;

/// <summary>All frames of a venue's recordings, and how far the players have come. Any thread.</summary>
internal sealed class Recording
{
    private const char SymbolMark = '@';

    private readonly HashSet<(string Channel, string Symbol)> _streams = [];
    private readonly HashSet<string> _symbols = [];
    private readonly HashSet<int> _served = [];
    private readonly Lock _gate = new();
    private int _position = -1;

    private Recording(IReadOnlyList<RecordedFrame> frames)
    {
        Frames = frames;
        HasControl = frames.Any(static frame => frame.Kind == RecordedKind.Control);
        foreach ((string Channel, string Symbol) stream in frames.SelectMany(static frame => frame.Streams))
        {
            _streams.Add(stream);
            _symbols.Add(stream.Symbol);
        }
    }

    public IReadOnlyList<RecordedFrame> Frames { get; }

    public IReadOnlyCollection<string> Symbols => _symbols;

    /// <summary>Whether it has acknowledgements to be played.</summary>
    public bool HasControl { get; }

    /// <summary>Reads files of lines <c>time frame</c> or <c>time @SYMBOL frame</c>, compressed or not, one behind the other.</summary>
    /// <exception cref="InvalidDataException">A line that is neither.</exception>
    public static Recording Read(IEnumerable<string> paths, IRecordedFrames venue)
    {
        List<RecordedFrame> frames = [];
        foreach (string path in paths)
        {
            using Stream file = File.OpenRead(path);
            using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var lines = new StreamReader(plain, Encoding.UTF8);
            for (int number = 1; lines.ReadLine() is { } line; number++)
                frames.Add(ReadLine(line, venue) ?? throw new InvalidDataException($"{path}, line {number}: expected '<Unix ns> <frame>'"));
        }

        return new Recording(frames);
    }

    /// <summary>The first frame that begins like this and is not played; null = none.</summary>
    public byte[]? LeftOut(string begin)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(begin);
        return Frames.FirstOrDefault(frame => frame.Kind == RecordedKind.LeftOut && frame.Text.AsSpan().StartsWith(bytes))?.Text;
    }

    /// <summary>Whether a stream is in it.</summary>
    public bool Has(string channel, string symbol) => _streams.Contains((channel, symbol));

    public bool Knows(string symbol) => _symbols.Contains(symbol);

    /// <summary>A player has come this far.</summary>
    public void Reached(int index)
    {
        lock (_gate)
        {
            _position = Math.Max(_position, index);
        }
    }

    public bool IsServed(int index)
    {
        lock (_gate)
        {
            return _served.Contains(index);
        }
    }

    /// <summary>
    /// The recorded answer to a request: the first one of these not given out yet, else the last one. A book not before a player has reached its moment; other
    /// things, which a client wants to know before it subscribes, at once. Null where none was recorded.
    /// </summary>
    public async Task<byte[]?> AnswerAsync(RecordedRequest request, CancellationToken cancellation)
    {
        int found;
        lock (_gate)
        {
            found = -1;
            for (int i = 0; i < Frames.Count; i++)
            {
                if (Frames[i].Answer != request) continue;

                found = i;
                if (_served.Add(i)) break;
            }
        }

        if (found < 0) return null;

        while (request.IsBook && !HasReached(found))
            await Task.Delay(1, cancellation).ConfigureAwait(false);

        return Frames[found].Text;
    }

    private static RecordedFrame? ReadLine(string line, IRecordedFrames venue)
    {
        int space = line.IndexOf(' ');
        if (space < 0 || !long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out long atNs)) return null;

        string frame = line[(space + 1)..];
        string? symbol = null;
        if (frame.StartsWith(SymbolMark) && frame.IndexOf(' ') is var end and > 0) (symbol, frame) = (frame[1..end], frame[(end + 1)..]);

        byte[] text = Encoding.UTF8.GetBytes(frame);
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return venue.Read(atNs, text, json.RootElement, symbol);
        }
        catch (JsonException)
        {
            return venue.Read(atNs, text, default, symbol);
        }
    }

    private bool HasReached(int index)
    {
        lock (_gate)
        {
            return _position >= index;
        }
    }
}
