using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lob.Fast.Codecs.Bybit;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>Damaged frames: nothing throws, what is no JSON is rejected, and what is rejected leaves the decoder as it was.</summary>
public class BybitFuzzTests
{
    private const string Linear = "bybit/linear_orderbook200_4symbols_20260809.rec";
    private const int Seed = 20261120;
    private const int MutationsPerFrame = 2_500;

    private static readonly byte[] Telling = [.. "\"\"\\{}[],:.0123456789-+eEtfnu \r\n\t"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];

    public static TheoryData<Venue, string> Frames
    {
        get
        {
            TheoryData<Venue, string> frames = [];
            foreach (Venue venue in new[] { Venue.BybitLinear, Venue.BybitSpot, Venue.BybitInverse })
            {
                foreach (string frame in BybitSamples.Of(venue))
                {
                    frames.Add(venue, frame);
                }
            }

            return frames;
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_damaged_frame_is_json_or_not_exactly_as_the_platform_reader_finds(Venue venue, string frame)
    {
        byte[] original = Encoding.UTF8.GetBytes(frame);
        byte[] mutated = new byte[original.Length + 16];
        Random random = new(Seed);
        using BybitBench bench = new(venue);
        bench.Records(frame);
        int accepted = 0;
        for (int round = 0; round < MutationsPerFrame; round++)
        {
            ReadOnlySpan<byte> bytes = Mutate(random, original, mutated);
            bool valid = IsJson(bytes);
            accepted += valid ? 1 : 0;
            bool scanned = JsonScanner.IsValid(bytes, out RejectReason reason, out _);
            DecodeResult result = bench.Send(bytes);
            if (scanned != valid || result.FaultByte > bytes.Length || !Agrees(result, valid))
            {
                Assert.Fail($"round {round}: reader {valid}, scanner {scanned} ({reason}), decoder {result}\n{Encoding.Latin1.GetString(bytes)}");
            }
        }

        Assert.InRange(accepted, MutationsPerFrame / 50, MutationsPerFrame * 9 / 10);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_cut_anywhere_is_rejected(Venue venue, string frame)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(frame);
        using BybitBench bench = new(venue);
        for (int warm = 0; warm < 2; warm++)
        {
            for (int length = 0; length < bytes.Length; length++)
            {
                DecodeResult result = bench.Send(bytes.AsSpan(0, length));
                Assert.Equal((DecodeOutcome.Rejected, length == 0 ? RejectReason.Empty : RejectReason.Truncated), (result.Outcome, result.Reason));
                Assert.Equal(length, result.FaultByte);
            }

            // Then once more with the stream known, which takes the fast way.
            bench.Send(frame);
        }
    }

    // Damaged frames are mixed into the recording; those that are rejected must leave no trace in what the others become.
    [RecordingFact(Linear)]
    public void Rejected_frames_leave_no_trace()
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(Linear)]);
        using RecordBuffer damagedBatch = new();
        using RecordBuffer cleanBatch = new();
        BybitDecoder damaged = new(Venue.BybitLinear);
        BybitDecoder clean = new(Venue.BybitLinear);
        Random random = new(Seed);
        byte[] mutated = [];
        int rejected = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            ReadOnlySpan<byte> bytes = line.Frame.Bytes;
            byte[] original = bytes.ToArray();
            mutated = mutated.Length < bytes.Length + 16 ? new byte[bytes.Length + 16] : mutated;
            for (int round = 0; round < 12; round++)
            {
                ReadOnlySpan<byte> bad = Mutate(random, original, mutated);
                damagedBatch.Clear();
                if (damaged.Decode(new Frame { Bytes = bad, ReceivedAtNs = line.Frame.ReceivedAtNs }, damagedBatch).Outcome == DecodeOutcome.Rejected)
                {
                    rejected++;
                    Assert.Equal(0, damagedBatch.Count);
                    continue;
                }

                // It was taken in: so must the other decoder.
                cleanBatch.Clear();
                clean.Decode(new Frame { Bytes = bad, ReceivedAtNs = line.Frame.ReceivedAtNs }, cleanBatch);
                Same(damagedBatch, cleanBatch, line.Frame.Line);
            }

            damagedBatch.Clear();
            cleanBatch.Clear();
            Assert.Equal(clean.Decode(line.Frame, cleanBatch), damaged.Decode(line.Frame, damagedBatch));
            Same(damagedBatch, cleanBatch, line.Frame.Line);
        }

        Assert.True(rejected > 10_000);
    }

    private static void Same(RecordBuffer found, RecordBuffer expected, long line)
    {
        if (!MemoryMarshal.AsBytes(found.Records).SequenceEqual(MemoryMarshal.AsBytes(expected.Records)))
        {
            Assert.Fail($"line {line}");
        }
    }

    // What is no JSON is rejected; what is may still be rejected, but not as if it were none.
    private static bool Agrees(in DecodeResult result, bool valid) => valid
        ? result.Reason is not (RejectReason.Syntax or RejectReason.Truncated or RejectReason.TrailingGarbage or RejectReason.NotUtf8 or RejectReason.TooDeep
            or RejectReason.Empty)
        : result.Outcome == DecodeOutcome.Rejected;

    private static ReadOnlySpan<byte> Mutate(Random random, byte[] original, byte[] target)
    {
        original.CopyTo(target, 0);
        int length = original.Length;
        for (int count = random.Next(1, 3); count > 0; count--)
        {
            int at = random.Next(length);
            byte value = random.Next(4) == 0 ? (byte)random.Next(256) : Telling[random.Next(Telling.Length)];
            switch (random.Next(5))
            {
                case 0:
                    target[at] = value;
                    break;
                case 1:
                    target[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    target.AsSpan(at, length - at).CopyTo(target.AsSpan(at + 1));
                    target[at] = value;
                    length++;
                    break;
                case 3:
                    target.AsSpan(at + 1, length - at - 1).CopyTo(target.AsSpan(at));
                    length--;
                    break;
                default:
                    (target[at], target[length - 1 - at]) = (target[length - 1 - at], target[at]);
                    break;
            }
        }

        return target.AsSpan(0, length);
    }

    // The platform's reader does not look at the bytes of strings nobody asks for.
    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Utf8JsonReader reader = new(bytes);
            while (reader.Read())
            {
            }

            return System.Text.Unicode.Utf8.IsValid(bytes);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
