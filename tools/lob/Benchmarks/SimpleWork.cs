using Lob.Fast.Baselines;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>The simple implementation: JsonDocument, decimal, SortedDictionary.</summary>
internal sealed class SimpleWork(RecordedFrame[] frames, BinanceMarket market, string? symbol) : IBenchWork
{
    private readonly SimpleBinanceReplay _replay = new(market, symbol);

    public void Run()
    {
        foreach (RecordedFrame frame in frames)
        {
            _replay.Feed(frame);
        }
    }

    public void Dispose()
    {
    }
}
