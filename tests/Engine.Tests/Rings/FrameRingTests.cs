using System.Security.Cryptography;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Engine.Tests.Rings;

public class FrameRingTests
{
    private const int Capacity = 1 << 16;

    /// <summary>A thread that hangs fails its test instead of stopping the suite.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Everything_about_a_frame_arrives()
    {
        using var ring = new FrameRing<YieldWaitStrategy>(default, Capacity);
        Assert.True(ring.Write(new Frame
        {
            Bytes = "{\"u\":1}"u8,
            Symbol = "BTCUSDT"u8,
            ReceivedAtNs = 1_700_000_000_000_000_001,
            Line = 77,
            StartByte = 123_456_789_012,
            FileIndex = 65_535,
            Connection = 65_534,
        }, RejectReason.BadLine, 99));
        ring.Complete();

        Assert.True(ring.Read(out Frame frame, out RejectReason fault, out int faultByte));
        Assert.Equal("{\"u\":1}"u8, frame.Bytes);
        Assert.Equal("BTCUSDT"u8, frame.Symbol);
        Assert.Equal((1_700_000_000_000_000_001, 77, 123_456_789_012), (frame.ReceivedAtNs, frame.Line, frame.StartByte));
        Assert.Equal((65_535, 65_534, RejectReason.BadLine, 99), (frame.FileIndex, frame.Connection, fault, faultByte));
        Assert.False(ring.Read(out _, out _, out _));
        Assert.False(ring.Read(out _, out _, out _));
    }

    [Fact]
    public void A_frame_without_bytes_and_without_symbol_is_a_frame()
    {
        using var ring = new FrameRing<YieldWaitStrategy>(default, Capacity);
        ring.Write(default);
        ring.Write(new Frame { Bytes = [], Line = 2 });
        ring.Complete();

        Assert.True(ring.Read(out Frame first, out RejectReason fault, out int faultByte));
        Assert.Equal((0, 0, RejectReason.None, 0), (first.Bytes.Length, first.Symbol.Length, fault, faultByte));
        Assert.True(ring.Read(out Frame second, out _, out _));
        Assert.Equal(2, second.Line);
        Assert.False(ring.Read(out _, out _, out _));
    }

    [Fact]
    public void Spinning_two_threads_pass_every_byte() => PassFrames(default(SpinWaitStrategy), seed: 1, frames: 1_000);

    [Fact]
    public void Yielding_two_threads_pass_every_byte() => PassFrames(default(YieldWaitStrategy), seed: 2, frames: 60_000);

    [Fact]
    public void Parking_two_threads_pass_every_byte() => PassFrames(default(ParkWaitStrategy), seed: 3, frames: 60_000);

    /// <summary>Frames whose length leaves each possible rest at the end of the ring, down to one that is shorter than an entry.</summary>
    [Fact]
    public void Every_rest_at_the_end_of_the_ring_is_skipped_over()
    {
        for (int length = 0; length < 400; length++)
        {
            using var ring = new FrameRing<YieldWaitStrategy>(default, 4096);
            var bytes = new byte[length];
            for (int i = 0; i < 3 * 4096 / (length + 40); i++)
            {
                Array.Fill(bytes, (byte)i);
                Assert.True(ring.Write(new Frame { Bytes = bytes, Line = i }));
                Assert.True(ring.Read(out Frame frame, out _, out _));
                Assert.Equal(i, frame.Line);
                Assert.True(frame.Bytes.SequenceEqual(bytes));
            }
        }
    }

    [Fact]
    public void The_largest_frame_fits_wherever_the_ring_stands_and_a_larger_one_is_refused()
    {
        using var ring = new FrameRing<ParkWaitStrategy>(default, 4096);
        var largest = new byte[ring.FrameBytesMax];
        new Random(1).NextBytes(largest);
        var writer = new Background<bool>(() =>
        {
            bool written = true;
            for (int i = 0; i < 100; i++)
            {
                // A small one in between moves the place where the large one lands.
                written &= ring.Write(new Frame { Bytes = largest.AsSpan(0, 1 + (i * 7 % 97)) });
                written &= ring.Write(new Frame { Bytes = largest });
            }

            return written;
        });
        int equal = 0;
        for (int i = 0; i < 200; i++)
        {
            Assert.True(ring.Read(out Frame frame, out _, out _));
            equal += frame.Bytes.SequenceEqual(largest.AsSpan(0, frame.Bytes.Length)) && (frame.Bytes.Length == largest.Length) == (i % 2 == 1) ? 1 : 0;
        }

        Assert.True(writer.EndsWithin(Patience));
        Assert.True(writer.Result);
        Assert.Equal(200, equal);

        Assert.Throws<ArgumentException>(() => ring.Write(new Frame { Bytes = new byte[largest.Length + 8] }));
        Assert.Throws<ArgumentException>(() => ring.Write(new Frame { Bytes = largest, Symbol = "BTCUSDT"u8 }));

        // What was refused left nothing behind.
        ring.Complete();
        Assert.False(ring.Read(out _, out _, out _));
    }

    [Fact]
    public void The_default_ring_takes_the_longest_frame_there_may_be()
    {
        using var ring = new FrameRing<YieldWaitStrategy>(default);
        Assert.True(ring.FrameBytesMax >= Frame.BytesMax + Text40.BytesMax);
    }

    [Fact]
    public void The_bytes_behind_a_frame_may_be_read()
    {
        using var ring = new FrameRing<YieldWaitStrategy>(default, 4096);
        var bytes = new byte[ring.FrameBytesMax];
        int sum = 0;
        for (int i = 0; i < 4; i++)
        {
            // Twice half the ring: every second one ends exactly at its end.
            Assert.True(ring.Write(new Frame { Bytes = bytes }));
            Assert.True(ring.Read(out Frame frame, out _, out _));
            unsafe
            {
                fixed (byte* start = frame.Bytes)
                {
                    for (int behind = 0; behind < FrameRing<YieldWaitStrategy>.ReadableBehind; behind++)
                    {
                        sum += start[frame.Bytes.Length + behind];
                    }
                }
            }
        }

        Assert.True(sum >= 0);
    }

    [Fact]
    public void A_failure_is_thrown_behind_the_last_frame()
    {
        using var ring = new FrameRing<YieldWaitStrategy>(default, Capacity);
        ring.Write(new Frame { Bytes = "a"u8 });
        ring.Complete(new InvalidDataException("the disk ate it"));

        Assert.True(ring.Read(out Frame frame, out _, out _));
        Assert.Equal("a"u8, frame.Bytes);
        for (int i = 0; i < 2; i++)
        {
            IOException thrown = Assert.Throws<IOException>(() => ring.Read(out _, out _, out _));
            Assert.Equal("the disk ate it", thrown.Message);
            Assert.IsType<InvalidDataException>(thrown.InnerException);
        }
    }

    [Fact]
    public void A_waiting_reader_is_let_go_by_completion()
    {
        using var ring = new FrameRing<ParkWaitStrategy>(default, Capacity);
        var reader = new Background<bool>(() => ring.Read(out _, out _, out _));
        Assert.False(reader.EndsWithin(AMoment));
        ring.Complete();
        Assert.True(reader.EndsWithin(Patience));
        Assert.False(reader.Result);
    }

    [Fact]
    public void A_full_ring_makes_the_writer_wait_until_the_reader_has_moved_on()
    {
        using var ring = new FrameRing<ParkWaitStrategy>(default, 4096);
        var bytes = new byte[ring.FrameBytesMax];
        ring.Write(new Frame { Bytes = bytes });
        ring.Write(new Frame { Bytes = bytes });

        var writer = new Background<bool>(() => ring.Write(new Frame { Bytes = bytes }));
        Assert.False(writer.EndsWithin(AMoment));

        // The first frame is valid until the next call: reading it frees nothing yet.
        Assert.True(ring.Read(out _, out _, out _));
        Assert.False(writer.EndsWithin(AMoment));
        Assert.True(ring.Read(out _, out _, out _));
        Assert.True(writer.EndsWithin(Patience));
        Assert.True(writer.Result);
    }

    [Fact]
    public void A_waiting_writer_is_let_go_by_a_reader_that_leaves()
    {
        using var ring = new FrameRing<ParkWaitStrategy>(default, 4096);
        var bytes = new byte[ring.FrameBytesMax];
        ring.Write(new Frame { Bytes = bytes });
        ring.Write(new Frame { Bytes = bytes });
        var writer = new Background<bool>(() => ring.Write(new Frame { Bytes = bytes }));
        Assert.False(writer.EndsWithin(AMoment));

        ring.Abandon();

        Assert.True(writer.EndsWithin(Patience));
        Assert.False(writer.Result);
    }

    [Fact]
    public void Nothing_is_written_for_a_reader_that_has_left()
    {
        using var ring = new FrameRing<YieldWaitStrategy>(default, Capacity);
        ring.Abandon();
        Assert.False(ring.Write(new Frame { Bytes = "a"u8 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2048)]
    [InlineData(5000)]
    [InlineData(-4096)]
    public void A_capacity_that_is_none_is_refused(int capacity) =>
        Assert.Throws<ArgumentException>(() => new FrameRing<SpinWaitStrategy>(default, capacity));

    [Fact]
    public void Disposing_twice_is_harmless()
    {
        var ring = new FrameRing<SpinWaitStrategy>(default, Capacity);
        ring.Dispose();
        ring.Dispose();
    }

    private static void PassFrames<TWait>(TWait wait, int seed, int frames) where TWait : struct, IWaitStrategy
    {
        using var ring = new FrameRing<TWait>(wait, Capacity);
        using var sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var writer = new Thread(() =>
        {
            var random = new Random(seed);
            var bytes = new byte[ring.FrameBytesMax];
            random.NextBytes(bytes);
            for (int i = 0; i < frames; i++)
            {
                int symbolLength = random.Next(3) == 0 ? random.Next(1, 30) : 0;
                int length = random.Next(200) switch
                {
                    0 => ring.FrameBytesMax - symbolLength,
                    < 10 => random.Next(ring.FrameBytesMax - symbolLength),
                    < 20 => 0,
                    _ => random.Next(600),
                };
                int start = random.Next(bytes.Length - length - symbolLength + 1);
                var frame = new Frame
                {
                    Bytes = bytes.AsSpan(start, length),
                    Symbol = bytes.AsSpan(start + length, symbolLength),
                    Line = i,
                    StartByte = start,
                    ReceivedAtNs = i * 3L,
                };
                Append(sent, frame);
                if (!ring.Write(frame))
                {
                    return;
                }
            }

            ring.Complete();
        });
        writer.Start();

        using var received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int count = 0;
        bool inOrder = true;
        while (ring.Read(out Frame frame, out _, out _))
        {
            inOrder &= frame.Line == count;
            Append(received, frame);
            count++;
        }

        Assert.True(inOrder);
        Assert.True(writer.Join(Patience));
        Assert.Equal(frames, count);
        Assert.Equal(sent.GetHashAndReset(), received.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, in Frame frame)
    {
        hash.AppendData(frame.Bytes);
        hash.AppendData(BitConverter.GetBytes(frame.Bytes.Length));
        hash.AppendData(frame.Symbol);
        hash.AppendData(BitConverter.GetBytes(frame.StartByte));
        hash.AppendData(BitConverter.GetBytes(frame.ReceivedAtNs));
    }
}
