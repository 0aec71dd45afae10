using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>Decoding alone.</summary>
internal sealed class DecodeWork<TDecoder>(BenchRecording recording, TDecoder decoder) : IBenchWork where TDecoder : IFrameDecoder
{
    private readonly RecordBuffer _batch = new(4096);

    public void Run()
    {
        for (int pass = 0; pass < recording.Passes; pass++)
        {
            for (int i = 0; i < recording.Count; i++)
            {
                _batch.Clear();
                decoder.Decode(recording[i], _batch);
            }
        }
    }

    public void Dispose() => _batch.Dispose();
}
