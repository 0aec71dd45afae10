using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Micro.Rings;

/// <summary>The engine's ring: so many slots a publication, written in place.</summary>
internal sealed class RecordRingHandOver(int capacity, int batch) : IHandOver
{
    private readonly RecordRing<SpinWaitStrategy> _ring = new(default, capacity);

    public void Write(int items)
    {
        RecordRing<SpinWaitStrategy> ring = _ring;
        for (int at = 0; at < items;)
        {
            foreach (ref Record slot in ring.Claim(Math.Min(batch, items - at)))
            {
                slot = default;
                slot.Header.ReceivedAtNs = at++;
            }

            ring.Publish();
        }
    }

    public long Read(int items)
    {
        RecordRing<SpinWaitStrategy> ring = _ring;
        long sum = 0;
        for (int at = 0; at < items;)
        {
            ReadOnlySpan<Record> slots = ring.Read();
            foreach (ref readonly Record slot in slots)
            {
                sum += slot.Header.ReceivedAtNs;
            }

            at += slots.Length;
            ring.Release(slots.Length);
        }

        return sum;
    }

    public void Dispose() => _ring.Dispose();
}
