using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Rings;
using Scheduled = Lob.Fast.Engine.Tests.Rings.RingSchedules.Scheduled;

namespace Lob.Fast.Engine.Tests.Rings;

/// <summary>Thousands of short runs of the frame ring in orders from seeds: every frame stays whole while it is looked at, byte by byte.</summary>
public class FrameRingScheduleTests
{
    private const int Runs = 1_000;
    private const int Frames = 30;
    private const int Capacity = 4096;

    [Fact]
    public void Whatever_the_order_every_frame_arrives_whole() => Assert.Equal(0, FaultyRuns(keepsTooLong: false));

    [Fact]
    public void A_reader_that_keeps_a_frame_too_long_is_found() => Assert.True(FaultyRuns(keepsTooLong: true) > Runs / 10);

    private static int FaultyRuns(bool keepsTooLong)
    {
        int faulty = 0;
        for (int seed = 0; seed < Runs; seed++)
        {
            faulty += RunOnce(seed, keepsTooLong) is null ? 0 : 1;
        }

        return faulty;
    }

    private static unsafe string? RunOnce(int seed, bool keepsTooLong)
    {
        using var ring = new FrameRing<Scheduled>(default, Capacity);
        var random = new Random(~seed);
        var bytes = new byte[ring.FrameBytesMax];
        int[] lengths = [.. Enumerable.Range(0, Frames).Select(_ => random.Next(5) == 0 ? random.Next(bytes.Length + 1) : random.Next(300))];
        int written = 0;
        int read = 0;
        byte* frame = null;
        int length = 0;
        int checkedBytes = 0;
        byte* kept = null;
        int keptLength = 0;

        bool Write()
        {
            if (written == Frames)
            {
                ring.Complete();
                return false;
            }

            Span<byte> content = bytes.AsSpan(0, lengths[written]);
            content.Fill((byte)(written + 1));
            ring.Write(new Frame { Bytes = content, Line = written });
            written++;
            return true;
        }

        bool Read()
        {
            // Looked at a piece at a time, so that writes come in between.
            const int Piece = 64;
            if (frame != null && checkedBytes < length)
            {
                int piece = Math.Min(Piece, length - checkedBytes);
                CheckBytes(frame + checkedBytes, piece, read);
                checkedBytes += piece;
                return true;
            }

            if (!ring.Read(out Frame next, out _, out _))
            {
                return false;
            }

            if (keepsTooLong && kept != null)
            {
                CheckBytes(kept, keptLength, read - 1);
            }

            if (next.Line != read || next.Bytes.Length != lengths[read])
            {
                throw new RingSchedules.WrongContentException($"frame {next.Line} of {next.Bytes.Length} bytes came instead of {read}");
            }

            kept = frame;
            keptLength = length;
            fixed (byte* start = next.Bytes)
            {
                frame = start;
            }

            length = next.Bytes.Length;
            checkedBytes = 0;
            read++;
            return true;
        }

        return RingSchedules.Run(seed, Write, Read) ?? (read == Frames ? null : $"{read} frames read");
    }

    private static unsafe void CheckBytes(byte* bytes, int length, int number)
    {
        if (new ReadOnlySpan<byte>(bytes, length).ContainsAnyExcept((byte)number))
        {
            throw new RingSchedules.WrongContentException($"frame {number - 1} changed while it was looked at");
        }
    }
}
