using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>Decoding alone.</summary>
internal sealed class DecodeWork<TDecoder>(BenchRecording recording, TDecoder decoder) : IBenchWork where TDecoder : IFrameDecoder
{
    private readonly RecordBuffer _batch = new(4096);

    /// <summary>Levels decoded by the last run.</summary>
    public long Levels { get; private set; }

    public void Run()
    {
        long levels = 0;
        for (int i = 0; i < recording.Count; i++)
        {
            _batch.Clear();
            decoder.Decode(recording[i], _batch);
            int count = _batch.Count;
            if (count > 1 && _batch[count - 1].Header.Kind == RecordKind.LevelSet)
            {
                levels += count - 1;
            }
        }

        Levels = levels;
    }

    public void Dispose() => _batch.Dispose();
}
