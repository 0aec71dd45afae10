using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Lob.Fast.Codecs.Okx;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>Damaged frames: judged beside the platform's own reader, and without consequence for what follows.</summary>
public class OkxFrameFuzzTests
{
    private const int Seed = 20261120;
    private const int MutationsPerFrame = 15_000;

    private static readonly byte[] Telling = [.. "\"\"\\{}[],:.0123456789-+eEtfnu \r\n\t"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];

    public static TheoryData<string> Frames => [.. OkxSamples.All, OkxSamples.Instruments];

    public static TheoryData<string> Files => [.. OkxFiles.Paths().Select(Path.GetFileName).OfType<string>()];

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_damaged_frame_is_json_or_not_exactly_as_the_platform_reader_finds(string frame)
    {
        byte[] original = Encoding.UTF8.GetBytes(frame);
        byte[] mutated = new byte[original.Length + 16];
        Random random = new(Seed);
        using OkxBench bench = new();
        bench.Records(frame);
        int accepted = 0;
        for (int round = 0; round < MutationsPerFrame; round++)
        {
            ReadOnlySpan<byte> bytes = Mutate(random, original, mutated);
            bool valid = IsJson(bytes);
            accepted += valid ? 1 : 0;
            DecodeResult result = bench.Send(bytes);
            if (result.FaultByte > bytes.Length || !Agrees(result, valid))
            {
                Assert.Fail($"round {round}: reader {valid}, decoder {result}\n{Encoding.Latin1.GetString(bytes)}");
            }
        }

        Assert.InRange(accepted, MutationsPerFrame / 50, MutationsPerFrame * 9 / 10);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_cut_anywhere_is_rejected(string frame)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(frame);
        using OkxBench bench = new();
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

    [Theory]
    [MemberData(nameof(Files))]
    public void Damaged_frames_between_those_of_a_recording_change_nothing(string file)
    {
        string path = OkxFiles.Paths().Single(path => Path.GetFileName(path) == file);
        using RecordingReader reader = new([path]);
        using RecordBuffer disturbedBatch = new();
        using RecordBuffer plainBatch = new();
        OkxDecoder disturbed = new();
        OkxDecoder plain = new();
        byte[] mutated = new byte[Frame.BytesMax];
        Random random = new(Seed);
        int rejected = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            byte[] original = line.Frame.Bytes.ToArray();
            for (int count = random.Next(4); count > 0 && original.Length > 4; count--)
            {
                Frame frame = new() { Bytes = Mutate(random, original, mutated), Symbol = line.Frame.Symbol };
                disturbedBatch.Clear();
                DecodeResult result = disturbed.Decode(frame, disturbedBatch);
                if (result.Outcome == DecodeOutcome.Rejected)
                {
                    rejected++;
                    Assert.Equal(0, disturbedBatch.Count);
                    continue;
                }

                // What is taken in is taken in by both.
                plainBatch.Clear();
                Assert.Equal(result, plain.Decode(frame, plainBatch));
                AssertSame(disturbedBatch, plainBatch);
            }

            disturbedBatch.Clear();
            plainBatch.Clear();
            Assert.Equal(plain.Decode(line.Frame, plainBatch), disturbed.Decode(line.Frame, disturbedBatch));
            AssertSame(disturbedBatch, plainBatch);
        }

        Assert.NotEqual(0, rejected);
    }

    private static void AssertSame(RecordBuffer left, RecordBuffer right) =>
        Assert.True(MemoryMarshal.AsBytes(left.Records).SequenceEqual(MemoryMarshal.AsBytes(right.Records)));

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

            return Utf8.IsValid(bytes);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
