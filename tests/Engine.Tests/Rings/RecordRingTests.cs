using System.Runtime.InteropServices;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Engine.Tests.Rings;

public class RecordRingTests
{
    private const int Capacity = RecordRing<YieldWaitStrategy>.CapacityMin;

    /// <summary>A thread that hangs fails its test instead of stopping the suite.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_there_before_it_is_published_and_all_of_it_after(bool mirror)
    {
        using var ring = new RecordRing<YieldWaitStrategy>(default, Capacity, mirror);
        Fill(ring.Claim(2), 0);
        Fill(ring.Claim(3), 2);
        Assert.True(ring.IsEmpty);
        ring.Publish();
        Assert.False(ring.IsEmpty);

        ReadOnlySpan<Record> records = ring.Read();
        Assert.Equal(5, records.Length);
        Assert.Equal([0, 1, 2, 3, 4], Numbers(records));
        Assert.False(ring.EndsPublication(4));
        Assert.True(ring.EndsPublication(5));

        // What is not given back is given again.
        ring.Release(2);
        Assert.Equal([2, 3, 4], Numbers(ring.Read()));
        ring.Release(3);
        Assert.True(ring.IsEmpty);
        ring.Complete();
        Assert.True(ring.Read().IsEmpty);
    }

    [Fact]
    public void A_span_across_the_end_is_one()
    {
        using var ring = new RecordRing<YieldWaitStrategy>(default, Capacity);
        for (int number = 0; number < 20 * Capacity; number += 7)
        {
            Span<Record> claimed = ring.Claim(7);
            Assert.Equal(7, claimed.Length);
            Fill(claimed, number);
            ring.Publish();
            ReadOnlySpan<Record> records = ring.Read();
            Assert.Equal(Enumerable.Range(number, 7), Numbers(records));
            ring.Release(7);
        }
    }

    [Fact]
    public void Without_a_mirror_a_span_ends_with_the_ring_and_the_rest_follows()
    {
        using var ring = new RecordRing<YieldWaitStrategy>(default, Capacity, mirror: false);
        Fill(ring.Claim(Capacity - 3), 0);
        ring.Publish();
        ring.Release(ring.Read().Length);
        Record[] message = new Record[8];
        Fill(message, 100);
        Assert.True(ring.Append(message));
        ring.Publish();

        ReadOnlySpan<Record> first = ring.Read();
        Assert.Equal(Enumerable.Range(100, 3), Numbers(first));
        Assert.False(ring.EndsPublication(3));
        ring.Release(3);
        Assert.Equal(Enumerable.Range(103, 5), Numbers(ring.Read()));
        Assert.True(ring.EndsPublication(5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_message_larger_than_the_ring_comes_in_pieces(bool mirror)
    {
        using var ring = new RecordRing<ParkWaitStrategy>(default, Capacity, mirror);
        Record[] message = new Record[(5 * Capacity) + 3];
        Fill(message, 0);
        var writer = new Background<bool>(() =>
        {
            bool written = ring.Append(message);
            ring.Publish();
            ring.Complete();
            return written;
        });
        List<int> numbers = [];
        for (ReadOnlySpan<Record> records = ring.Read(); !records.IsEmpty; records = ring.Read())
        {
            numbers.AddRange(Numbers(records));
            ring.Release(records.Length);
        }

        Assert.True(writer.EndsWithin(Patience));
        Assert.True(writer.Result);
        Assert.Equal(Enumerable.Range(0, message.Length), numbers);
    }

    [Fact]
    public void What_does_not_fit_beside_what_was_claimed_is_published_before()
    {
        using var ring = new RecordRing<ParkWaitStrategy>(default, Capacity);
        Fill(ring.Claim(Capacity - 1), 0);
        var writer = new Background<int>(() => ring.Claim(2).Length);
        ReadOnlySpan<Record> records = ring.Read();
        Assert.Equal(Capacity - 1, records.Length);
        Assert.False(writer.EndsWithin(AMoment));
        ring.Release(1);
        Assert.True(writer.EndsWithin(Patience));
        Assert.Equal(2, writer.Result);
    }

    [Fact]
    public void A_claim_larger_than_the_ring_is_refused()
    {
        using var ring = new RecordRing<SpinWaitStrategy>(default, Capacity);
        Assert.Throws<ArgumentOutOfRangeException>(() => { ring.Claim(Capacity + 1); });
    }

    [Fact]
    public void A_full_ring_makes_the_writer_wait_until_something_is_given_back()
    {
        using var ring = new RecordRing<ParkWaitStrategy>(default, Capacity);
        ring.Append(new Record[Capacity]);
        ring.Publish();
        var writer = new Background<int>(() => ring.Claim(1).Length);
        Assert.False(writer.EndsWithin(AMoment));
        ring.Read();
        Assert.False(writer.EndsWithin(AMoment));
        ring.Release(1);
        Assert.True(writer.EndsWithin(Patience));
        Assert.Equal(1, writer.Result);
    }

    [Fact]
    public void A_waiting_writer_is_let_go_by_a_reader_that_leaves()
    {
        using var ring = new RecordRing<ParkWaitStrategy>(default, Capacity);
        ring.Append(new Record[Capacity]);
        ring.Publish();
        var writer = new Background<bool>(() => ring.Append(new Record[1]));
        Assert.False(writer.EndsWithin(AMoment));
        ring.Abandon();
        Assert.True(writer.EndsWithin(Patience));
        Assert.False(writer.Result);
        Assert.True(ring.IsAbandoned);
        Assert.False(ring.WaitUntilEmpty());
    }

    [Fact]
    public void A_failure_is_thrown_behind_the_last_record()
    {
        using var ring = new RecordRing<YieldWaitStrategy>(default, Capacity);
        ring.Append(new Record[1]);
        ring.Publish();
        ring.Complete(new InvalidDataException("the disk ate it"));
        Assert.Equal(1, ring.Read().Length);
        ring.Release(1);
        for (int i = 0; i < 2; i++)
        {
            IOException thrown = Assert.Throws<IOException>(() => { ring.Read(); });
            Assert.Equal("the disk ate it", thrown.Message);
            Assert.IsType<InvalidDataException>(thrown.InnerException);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(100)]
    [InlineData(-64)]
    [InlineData(1 << 25)]
    public void A_capacity_that_is_none_is_refused(int capacity) =>
        Assert.Throws<ArgumentException>(() => new RecordRing<SpinWaitStrategy>(default, capacity));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Disposing_twice_is_harmless(bool mirror)
    {
        var ring = new RecordRing<SpinWaitStrategy>(default, Capacity, mirror);
        ring.Dispose();
        ring.Dispose();
    }

    [Fact]
    public void Writing_and_reading_allocate_nothing()
    {
        using var ring = new RecordRing<YieldWaitStrategy>(default, Capacity);
        Record[] records = new Record[Capacity];
        Pass(1_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass(100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Pass(int messages)
        {
            for (int i = 0; i < messages; i++)
            {
                ring.Append(records.AsSpan(0, 1 + (i % Capacity)));
                ring.Publish();
                ring.Release(ring.Read().Length);
            }
        }
    }

    private static void Fill(Span<Record> slots, int first)
    {
        foreach (ref Record slot in slots)
        {
            slot.Header.ReceivedAtNs = first++;
            MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref slot, 1))[Record.SizeInBytes - 1] = (byte)first;
        }
    }

    private static List<int> Numbers(ReadOnlySpan<Record> slots)
    {
        List<int> numbers = [];
        foreach (ref readonly Record slot in slots)
        {
            numbers.Add((int)slot.Header.ReceivedAtNs);
            Assert.Equal((byte)(slot.Header.ReceivedAtNs + 1), MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in slot, 1))[Record.SizeInBytes - 1]);
        }

        return numbers;
    }
}
