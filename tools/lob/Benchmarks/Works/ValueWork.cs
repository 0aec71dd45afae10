using Lob.Fast.Baselines.Values;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>An alternative decoder: it reads the same numbers out of each frame, and makes no records of them.</summary>
internal sealed class ValueWork(BenchRecording recording, IValueDecoder decoder) : IBenchWork
{
    /// <summary>Values of the last run, so that the loop is not taken out.</summary>
    public long Values { get; private set; }

    public void Run()
    {
        long values = 0;
        for (int pass = 0; pass < recording.Passes; pass++)
        {
            for (int i = 0; i < recording.Count; i++)
            {
                decoder.TryDecode(recording[i].Bytes);
                values += decoder.Values.Length;
            }
        }

        Values = values;
    }

    public void Dispose() => decoder.Dispose();
}
