using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>Decoding alone.</summary>
internal sealed class DecodeWork<TDecoder>(BenchRecording recording, TDecoder decoder) : IBenchWork where TDecoder : IFrameDecoder
{
    private readonly RecordBuffer _batch = new(4096);

    public void Run()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Decode(0, recording.StartFrames);
        StartBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Decode(recording.StartFrames, recording.Count);
        for (int pass = 1; pass < recording.Passes; pass++)
        {
            RunOnce();
        }
    }

    public long StartBytes { get; private set; }

    /// <summary>All frames once.</summary>
    public void RunOnce() => Decode(0, recording.Count);

    public void Dispose() => _batch.Dispose();

    private void Decode(int from, int end)
    {
        for (int i = from; i < end; i++)
        {
            _batch.Clear();
            decoder.Decode(recording[i], _batch);
        }
    }
}

