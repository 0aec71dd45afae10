using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Writing;

public sealed class AllocationTests
{
    private const int Messages = 100_000;
    private static byte[]? _planted;

    [Fact]
    public void Writing_a_message_allocates_nothing() => Assert.Equal(0, AllocatedBytes(plantAt: -1));

    [Fact]
    public void One_planted_allocation_is_noticed() => Assert.True(AllocatedBytes(plantAt: Messages / 2) > 0);

    private static long AllocatedBytes(int plantAt)
    {
        using TemporaryFolder folder = new();
        MessageMaker maker = new(1);
        Record[] message = maker.Candles(3);
        using JournalWriter writer = JournalWriter.Create(folder.Journal, maker, Journals.Small with { SegmentRecords = 2 * Messages * message.Length });
        Put(writer, maker, message, 1000, plantAt: -1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Put(writer, maker, message, Messages, plantAt);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Put(JournalWriter writer, MessageMaker maker, Record[] message, int count, int plantAt)
    {
        for (int i = 0; i < count; i++)
        {
            writer.Reserve(message.Length, maker);
            writer.Append(message);
            writer.Commit();
            if (i % 100 == 0)
            {
                writer.Sealed();
            }

            if (i == plantAt)
            {
                _planted = new byte[16];
            }
        }

        GC.KeepAlive(_planted);
    }
}
