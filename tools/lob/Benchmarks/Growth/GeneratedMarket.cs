using System.Globalization;
using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks.Growth;

/// <summary>
/// Frames of a market of any size, in the form of Bybit's order books: a snapshot of every instrument, then changes of instruments drawn evenly, which is the hardest
/// case for caches. The same sizes give the same frames.
/// </summary>
internal sealed class GeneratedMarket
{
    public const Venue Form = Venue.BybitLinear;

    /// <summary>Levels of each change.</summary>
    public const int LevelsPerFrame = 8;

    private const int Slack = 64;
    private const int Seed = 20261120;
    private const int NearTouch = 25;

    // One change in five deletes; a later one may set the level again, so books keep about four fifths of their levels.
    private const int OneInDeletes = 5;
    private const int LotsMax = 100_000;
    private const int MiddleTicks = 500_000;
    private const long FirstNs = 1_790_000_000_000_000_000;
    private const long NsBetween = 25_000;
    private const long NsPerMs = 1_000_000;

    private readonly Random _random = new(Seed);
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int Length)> _frames = [];
    private readonly int[] _updates;
    private readonly byte[] _bytes;

    /// <param name="instruments">How many.</param>
    /// <param name="levelsPerBook">Levels of both sides of each.</param>
    /// <param name="changes">Frames behind the snapshots.</param>
    public GeneratedMarket(int instruments, int levelsPerBook, int changes)
    {
        Instruments = instruments;
        LevelsPerBook = levelsPerBook;
        _updates = new int[instruments];
        using var bytes = new MemoryStream();
        for (int i = 0; i < instruments; i++)
        {
            Add(bytes, i, isSnapshot: true);
        }

        for (int i = 0; i < changes; i++)
        {
            Add(bytes, _random.Next(instruments), isSnapshot: false);
        }

        bytes.Write(new byte[Slack]);
        _bytes = bytes.ToArray();
    }

    public int Instruments { get; }

    public int LevelsPerBook { get; }

    /// <summary>Snapshots and changes.</summary>
    public int Count => _frames.Count;

    private int LevelsPerSide => LevelsPerBook / 2;

    /// <summary>The snapshots come first, one for each instrument.</summary>
    public Frame this[int index] => new()
    {
        Bytes = _bytes.AsSpan(_frames[index].Start, _frames[index].Length),
        ReceivedAtNs = FirstNs + (index * NsBetween),
        Line = index + 1,
    };

    private void Add(MemoryStream bytes, int instrument, bool isSnapshot)
    {
        long ms = (FirstNs + (_frames.Count * NsBetween)) / NsPerMs;
        string symbol = string.Create(CultureInfo.InvariantCulture, $"M{instrument:D4}USDT");
        int update = ++_updates[instrument];
        _text.Clear();
        _text.Append(CultureInfo.InvariantCulture, $"{{\"topic\":\"orderbook.{LevelsPerSide}.{symbol}\",\"type\":\"{(isSnapshot ? "snapshot" : "delta")}\",\"ts\":{ms},");
        _text.Append(CultureInfo.InvariantCulture, $"\"data\":{{\"s\":\"{symbol}\",\"b\":[");
        AddLevels(-1, isSnapshot);
        _text.Append("],\"a\":[");
        AddLevels(1, isSnapshot);
        _text.Append(CultureInfo.InvariantCulture, $"],\"u\":{update},\"seq\":{_frames.Count + 1L}}},\"cts\":{ms - 2}}}");
        byte[] frame = Encoding.ASCII.GetBytes(_text.ToString());
        _frames.Add(((int)bytes.Length, frame.Length));
        bytes.Write(frame);
    }

    private void AddLevels(int direction, bool isSnapshot)
    {
        IEnumerable<int> ranks = isSnapshot ? Enumerable.Range(0, LevelsPerSide) : DrawRanks();
        string separator = "";
        foreach (int rank in ranks)
        {
            int lots = !isSnapshot && _random.Next(OneInDeletes) == 0 ? 0 : 1 + _random.Next(LotsMax);
            int ticks = MiddleTicks + (direction * (1 + rank));
            _text.Append(CultureInfo.InvariantCulture, $"{separator}[\"{ticks / 10}.{ticks % 10}0\",\"{lots / 1000m:0.###}\"]");
            separator = ",";
        }
    }

    /// <summary>Half of the levels are near the best one, half anywhere; none twice in a frame and best first, as venues send them.</summary>
    private SortedSet<int> DrawRanks()
    {
        var ranks = new SortedSet<int>();
        while (ranks.Count < LevelsPerFrame / 2)
        {
            ranks.Add(_random.Next(_random.Next(2) == 0 ? Math.Min(NearTouch, LevelsPerSide) : LevelsPerSide));
        }

        return ranks;
    }
}
