using System.Threading.Channels;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Micro.Rings;

/// <summary>The library's bounded channel of the same structure, one reader and one writer, both spinning: its fastest use.</summary>
internal sealed class ChannelHandOver(int capacity) : IHandOver
{
    private readonly Channel<Record> _channel = Channel.CreateBounded<Record>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    public void Write(int items)
    {
        Record record = default;
        for (int at = 0; at < items; at++)
        {
            record.Header.ReceivedAtNs = at;
            while (!_channel.Writer.TryWrite(record))
            {
                default(SpinWaitStrategy).Wait(1);
            }
        }
    }

    public long Read(int items)
    {
        long sum = 0;
        for (int at = 0; at < items; at++)
        {
            Record record;
            while (!_channel.Reader.TryRead(out record))
            {
                default(SpinWaitStrategy).Wait(1);
            }

            sum += record.Header.ReceivedAtNs;
        }

        return sum;
    }

    public void Dispose()
    {
    }
}
