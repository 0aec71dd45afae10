using Lob.Fast.Codecs;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>The whole pipeline in a layout, as fast as it goes.</summary>
internal sealed class PipelineWork : IBenchWork
{
    private readonly BenchRecording _recording;
    private readonly Pipeline<JournalSink> _pipeline;

    /// <param name="recording">What to play.</param>
    /// <param name="decoder">One that has seen nothing yet.</param>
    /// <param name="layout">Fused or split.</param>
    /// <param name="journalFolder">A folder that does not exist yet; null = no journal.</param>
    public PipelineWork(BenchRecording recording, IVenueDecoder decoder, Layout layout, string? journalFolder)
    {
        _recording = recording;
        _pipeline = new Pipeline<JournalSink>(decoder, layout, static journal => journal, journalFolder);
        if (recording.CanBePlayedAgain)
        {
            Play(0, 0, recording.Count);
            _pipeline.Drain();
        }
    }

    public long StartBytes { get; private set; }

    public void Run()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(1, 0, _recording.StartFrames);
        _pipeline.Drain();
        StartBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Play(1, _recording.StartFrames, _recording.Count);
        for (int pass = 2; pass <= _recording.Passes; pass++)
        {
            Play(pass, 0, _recording.Count);
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
