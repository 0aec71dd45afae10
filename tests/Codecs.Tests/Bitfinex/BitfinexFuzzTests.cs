using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Damaged frames, judged beside the platform's own reader; and a decoder that met them beside one that did not.</summary>
public class BitfinexFuzzTests
{
    private const int Seed = 20261120;
    private const int MutationsPerFrame = 3_000;
    private const string Pairs = "bitfinex/p0_len100_seqall_7pairs_20210417.rec";

    private static readonly byte[] Telling = [.. "\"\"\\{}[],:.0123456789-+eEtfnu \r\n\t"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];

    public static TheoryData<string> Frames => [.. Opening, .. Data];

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_damaged_frame_is_json_or_not_exactly_as_the_platform_reader_finds(string frame)
    {
        byte[] original = Encoding.UTF8.GetBytes(frame);
        byte[] mutated = new byte[original.Length + 4];
        Random random = new(Seed);
        using BitfinexBench bench = new([.. Opening, .. Data]);
        int accepted = 0;
        for (int round = 0; round < MutationsPerFrame; round++)
        {
            ReadOnlySpan<byte> bytes = Mutate(random, original, mutated);
            bool valid = IsJson(bytes);
            accepted += valid ? 1 : 0;
            bool scanned = JsonScanner.IsValid(bytes, out RejectReason reason, out int faultByte);
            DecodeResult result = bench.Send(bytes);
            if (scanned != valid || result.FaultByte > bytes.Length || !Agrees(result, valid))
            {
                Assert.Fail($"round {round}: reader {valid}, scanner {scanned} ({reason} at {faultByte}), decoder {result}\n{Encoding.Latin1.GetString(bytes)}");
            }

            if (result.Outcome != DecodeOutcome.Rejected)
            {
                _ = Batches.Split(bench.Batch.Records);
            }
        }

        Assert.InRange(accepted, MutationsPerFrame / 50, MutationsPerFrame * 9 / 10);
    }

    /// <summary>Between the frames of a whole recording stand damaged copies of them; those that are rejected change nothing of what follows.</summary>
    [RecordingFact(Pairs)]
    public void Rejected_frames_leave_the_decoder_as_it_was()
    {
        Random random = new(Seed);
        byte[] mutated = new byte[64 * 1024];
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(Pairs)]);
        using BitfinexBench damaged = new();
        using BitfinexBench untouched = new();
        int rejected = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            byte[] frame = line.Frame.Bytes.ToArray();
            for (int round = 0; round < 8; round++)
            {
                // Cut, or with a byte that is no JSON outside of a string and no part of one either: rejected whatever else it says.
                frame.CopyTo(mutated, 0);
                int length = frame.Length;
                if (round < 4)
                {
                    length = random.Next(frame.Length);
                }
                else
                {
                    mutated[random.Next(frame.Length)] = 0x01;
                }

                Assert.Equal(DecodeOutcome.Rejected, damaged.Send(mutated.AsSpan(0, length)).Outcome);
                rejected++;
            }

            string text = Encoding.UTF8.GetString(frame);
            Assert.Equal(untouched.Bytes(text), damaged.Bytes(text));
        }

        Assert.Equal(1693 * 8, rejected);
        Assert.Equal(untouched.Decoder.ControlMessages(), damaged.Decoder.ControlMessages());
        Assert.Equal(untouched.Decoder.UnknownEvents(), damaged.Decoder.UnknownEvents());
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

            return Utf8.IsValid(bytes);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
