using Lob.Fast.Baselines;
using Lob.Fast.Cli.Output;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>A recording in memory, unpacked: what is measured is the work on its frames, not reading them.</summary>
internal sealed class BenchRecording
{
    // Decoders may load past a frame's end; the same slack as in the frame ring.
    private const int Slack = 64;

    // What a measurement takes, where a recording can be played again: so many frames, or so many bytes where they are long.
    private const int FramesMin = 20_000;
    private const long BytesMin = 16_000_000;

    private const long NsPerSecond = 1_000_000_000;

    private readonly long _passNs;
    private readonly byte[] _bytes;
    private readonly (int Start, int Length, long ReceivedAtNs)[] _frames;

    // Of each frame; empty = not counted.
    private readonly int[] _levels;

    private BenchRecording(Venue venue, IReadOnlyList<string> files, byte[] bytes, (int, int, long)[] frames, int[] levels)
    {
        _levels = levels;
        Venue = venue;
        Files = files;
        _bytes = bytes;
        _frames = frames;
        FrameBytes = _frames.Sum(static frame => (long)frame.Length);
        _passNs = _frames.Length == 0 ? 0 : _frames[^1].ReceivedAtNs - _frames[0].ReceivedAtNs + NsPerSecond;
    }

    public Venue Venue { get; }

    public IReadOnlyList<string> Files { get; }

    public int Count => _frames.Length;

    public long FrameBytes { get; }

    /// <summary>Reads and unpacks the frames.</summary>
    /// <param name="venue">Venue of the recording.</param>
    /// <param name="files">Its files, in order.</param>
    /// <param name="framesMax">Frames kept, the first ones.</param>
    /// <exception cref="UserErrorException">There are none.</exception>
    public static BenchRecording Load(Venue venue, IReadOnlyList<string> files, int framesMax = int.MaxValue)
    {
        using var reader = new Codecs.Recordings.RecordingReader(files);
        using var bytes = new MemoryStream();
        var frames = new List<(int, int, long)>();
        while (frames.Count < framesMax && reader.TryRead(out RecordedLine line))
        {
            if (line.Reason == RejectReason.None)
            {
                frames.Add(((int)bytes.Length, line.Frame.Bytes.Length, line.Frame.ReceivedAtNs));
                bytes.Write(line.Frame.Bytes);
            }
        }

        if (frames.Count == 0)
        {
            throw new UserErrorException($"{string.Join(", ", files)}: no frames to measure.");
        }

        bytes.Write(new byte[Slack]);
        return new BenchRecording(venue, files, bytes.ToArray(), [.. frames], []);
    }

    /// <summary>
    /// How often the frames are played in one measurement, behind one time that is not measured: so often that short recordings measure the work and not the first
    /// touch of memory. Binance's start from a REST book and can be played once only.
    /// </summary>
    public int Passes => CanBePlayedAgain ? (int)Math.Max(1, Math.Min(FramesMin / Count, BytesMin / FrameBytes)) : 1;

    /// <summary>
    /// Frames that are played before the clock runs, so that it measures the work and not the first touch of memory: all, or half of them where they can be played
    /// once only.
    /// </summary>
    public int LeadFrames => CanBePlayedAgain ? Count : Count / 2;

    /// <summary>What is measured behind <see cref="LeadFrames"/>.</summary>
    public BenchPart BehindLead => CanBePlayedAgain ? AllPasses : Part(LeadFrames, 1);

    /// <summary>All frames, as often as they are played in one measurement.</summary>
    public BenchPart AllPasses => Part(0, Passes);

    /// <summary>All frames once.</summary>
    public BenchPart Once => Part(0, 1);

    /// <summary>Frames of a first pass in which streams and books appear, which allocates; behind them nothing should.</summary>
    public int StartFrames => Count / 10;

    /// <summary>Whether the frames can be played again: their books start from snapshots among them.</summary>
    public bool CanBePlayedAgain => Venue is not (Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM);

    public Frame this[int index] => At(index, 0);

    /// <summary>The recording's own receive time of a frame, Unix ns; 0 = it has none.</summary>
    public long ReceivedAtNs(int index) => _frames[index].ReceivedAtNs;

    /// <summary>A frame of a later pass: received that much later.</summary>
    public Frame At(int index, int pass)
    {
        (int start, int length, long receivedAtNs) = _frames[index];
        return new Frame
        {
            Bytes = _bytes.AsSpan(start, length),
            ReceivedAtNs = receivedAtNs == 0 ? 0 : receivedAtNs + (pass * _passNs),
            Line = index + 1,
        };
    }

    /// <summary>A frame of a run that goes on over passes, behind the one that warms up where there is one.</summary>
    public Frame AtInRun(int index) => At(index % Count, (CanBePlayedAgain ? 1 : 0) + (index / Count));

    /// <summary>
    /// The frames that change a book, in their order, and the levels in them: for figures a level. Where a connection counts its frames, all of them: without
    /// the others every book would be broken.
    /// </summary>
    public (BenchRecording Books, int BookFrames, long Levels) OnlyBooks(IFrameDecoder decoder)
    {
        bool isCounted = Venue is Venue.Bitfinex or Venue.CoinbaseAdvanced;
        var kept = new List<(int, int, long)>();
        var levels = new List<int>();
        int bookFrames = 0;
        using var batch = new RecordBuffer();
        for (int i = 0; i < Count; i++)
        {
            batch.Clear();
            decoder.Decode(this[i], batch);
            int found = CountLevels(batch.Records);
            bookFrames += found > 0 ? 1 : 0;
            if (found > 0 || isCounted)
            {
                levels.Add(found);
                kept.Add(_frames[i]);
            }
        }

        return (new BenchRecording(Venue, Files, _bytes, [.. kept], [.. levels]), bookFrames, levels.Sum(static count => (long)count));
    }

    /// <summary>The same frames for the simple implementation.</summary>
    public RecordedFrame[] ToBaseline() =>
        [.. _frames.Select((frame, index) => new RecordedFrame(_bytes.AsMemory(frame.Start, frame.Length), frame.ReceivedAtNs, Line: index + 1))];

    private BenchPart Part(int from, int times) => new(
        (Count - from) * (long)times,
        _frames.Skip(from).Sum(static frame => (long)frame.Length) * times,
        _levels.Skip(from).Sum(static count => (long)count) * times);

    private static int CountLevels(ReadOnlySpan<Record> records)
    {
        int levels = 0;
        foreach (ref readonly Record record in records)
        {
            levels += record.Header.Kind == RecordKind.LevelSet ? 1 : 0;
        }

        return levels;
    }
}
