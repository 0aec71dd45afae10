using Lob.Fast.Codecs;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>The whole pipeline in a layout, as fast as it goes.</summary>
internal sealed class PipelineWork : IBenchWork
{
    /// <summary>One segment holds the longest recording: what a roll costs is in the latencies, and in the appends of perf/Micro.</summary>
    private const int SegmentRecords = 4 * JournalOptions.SegmentRecordsDefault;

    /// <summary>A journal is opened seconds before the first frame comes: by then its first pages are ready.</summary>
    private const int JournalHeadStartMs = 50;

    private readonly BenchRecording _recording;
    private readonly Pipeline<JournalSink> _pipeline;
    private readonly bool _isFresh;

    /// <param name="recording">What to play.</param>
    /// <param name="decoder">One that has seen nothing yet.</param>
    /// <param name="layout">Fused or split.</param>
    /// <param name="journalFolder">A folder that does not exist yet; null = no journal.</param>
    /// <param name="isFresh">Measures from the first frame on, once; else behind <see cref="BenchRecording.LeadFrames"/>.</param>
    public PipelineWork(BenchRecording recording, IVenueDecoder decoder, Layout layout, string? journalFolder, bool isFresh = false)
    {
        _recording = recording;
        _isFresh = isFresh;
        _pipeline = new Pipeline<JournalSink>(
            decoder, layout, static journal => journal, journalFolder, new JournalOptions { SegmentRecords = SegmentRecords });
        if (!isFresh)
        {
            Play(0, 0, recording.LeadFrames);
            _pipeline.Drain();
        }

        if (journalFolder != null)
        {
            Thread.Sleep(JournalHeadStartMs);
        }
    }

    public long StartBytes { get; private set; }

    public void Run()
    {
        if (_isFresh)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Play(0, 0, _recording.StartFrames);
            _pipeline.Drain();
            StartBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Play(0, _recording.StartFrames, _recording.Count);
        }
        else if (_recording.CanBePlayedAgain)
        {
            for (int pass = 1; pass <= _recording.Passes; pass++)
            {
                Play(pass, 0, _recording.Count);
            }
        }
        else
        {
            Play(0, _recording.LeadFrames, _recording.Count);
        }

        _pipeline.Drain();
    }

    public void Dispose() => _pipeline.Dispose();

    private void Play(int pass, int from, int end)
    {
        for (int i = from; i < end; i++)
        {
            _pipeline.OnFrame(_recording.At(i, pass));
        }
    }
}
