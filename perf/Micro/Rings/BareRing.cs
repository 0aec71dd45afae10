using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Micro.Rings;

/// <summary>The least code that is correct: an array of a power of two, two volatile positions on cache lines of their own, a spin where neither side can go on.</summary>
internal sealed class BareRing : IHandOver
{
    private readonly Record[] _slots;
    private PaddedSequence _written;
    private PaddedSequence _read;

    public BareRing(int capacity) => _slots = new Record[capacity];

    public void Write(int items)
    {
        Record[] slots = _slots;
        long start = _written.Read();
        for (long at = start; at < start + items; at++)
        {
            while (at - _read.Read() >= slots.Length)
            {
                default(SpinWaitStrategy).Wait(1);
            }

            ref Record slot = ref slots[at & (slots.Length - 1)];
            slot = default;
            slot.Header.ReceivedAtNs = at - start;
            _written.Publish(at + 1);
        }
    }

    public long Read(int items)
    {
        Record[] slots = _slots;
        long start = _read.Read();
        long sum = 0;
        for (long at = start; at < start + items; at++)
        {
            while (_written.Read() <= at)
            {
                default(SpinWaitStrategy).Wait(1);
            }

            sum += slots[at & (slots.Length - 1)].Header.ReceivedAtNs;
            _read.Publish(at + 1);
        }

        return sum;
    }

    public void Dispose()
    {
    }
}
