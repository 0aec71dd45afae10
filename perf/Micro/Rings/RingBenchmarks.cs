using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Micro.Rings;

/// <summary>
/// One item in and out again on one thread: what the structure costs when nobody waits. Between two threads see the harness <c>rings</c>. Ours moves a frame of 256 bytes
/// with its header, the channel a record of 64 bytes.
/// </summary>
[MemoryDiagnoser]
public class RingBenchmarks
{
    private readonly byte[] _bytes = new byte[256];
    private readonly Channel<Record> _bounded = Channel.CreateBounded<Record>(new BoundedChannelOptions(1024) { SingleReader = true, SingleWriter = true });
    private readonly Channel<Record> _unbounded = Channel.CreateUnbounded<Record>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private FrameRing<YieldWaitStrategy> _ring = null!;
    private Record _record = Record.Of(new Trade { PriceTicks = 1 });

    [GlobalSetup]
    public void SetUp() => _ring = new FrameRing<YieldWaitStrategy>(default, 1 << 20);

    [GlobalCleanup]
    public void CleanUp() => _ring.Dispose();

    [Benchmark(Baseline = true)]
    public int Ours_frame_ring()
    {
        _ring.Write(new Frame { Bytes = _bytes });
        return _ring.Read(out Frame frame, out _, out _) ? frame.Bytes.Length : 0;
    }

    [Benchmark]
    public long Channel_bounded()
    {
        _bounded.Writer.TryWrite(_record);
        return _bounded.Reader.TryRead(out Record read) ? read.Header.ReceivedAtNs : 0;
    }

    [Benchmark]
    public long Channel_unbounded()
    {
        _unbounded.Writer.TryWrite(_record);
        return _unbounded.Reader.TryRead(out Record read) ? read.Header.ReceivedAtNs : 0;
    }
}
