using System.Text.Json;
using System.Text.Unicode;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>Damaged frames, judged beside the platform's own reader.</summary>
public class BinanceFrameFuzzTests
{
    private const int Seed = 20261120;
    private const int MutationsPerFrame = 25_000;

    private static readonly byte[] Telling = [.. "\"\"\\{}[],:.0123456789-+eEtfnu \r\n\t"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];

    public static TheoryData<Venue, string> Frames
    {
        get
        {
            TheoryData<Venue, string> frames = [];
            foreach (string frame in SampleFrames.Spot)
            {
                frames.Add(Venue.BinanceSpot, frame);
            }

            foreach (string frame in SampleFrames.Futures)
            {
                frames.Add(Venue.BinanceUsdM, frame);
            }

            frames.Add(Venue.BinanceCoinM, SampleFrames.CoinRest);
            return frames;
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_damaged_frame_is_json_or_not_exactly_as_the_platform_reader_finds(Venue venue, string frame)
    {
        byte[] original = SampleFrames.Bytes(frame);
        byte[] mutated = new byte[original.Length + 16];
        Random random = new(Seed);
        using Bench bench = new(venue);
        bench.Records(frame);
        int accepted = 0;
        for (int round = 0; round < MutationsPerFrame; round++)
        {
            ReadOnlySpan<byte> bytes = Mutate(random, original, mutated);
            bool valid = IsJson(bytes);
            accepted += valid ? 1 : 0;
            bool scanned = JsonScanner.IsValid(bytes, out RejectReason reason, out int faultByte);
            DecodeResult result = bench.Send(bytes);
            if (scanned != valid || faultByte > bytes.Length || !Agrees(result, valid))
            {
                Assert.Fail($"round {round}: reader {valid}, scanner {scanned} ({reason} at {faultByte}), decoder {result}\n{System.Text.Encoding.Latin1.GetString(bytes)}");
            }
        }

        Assert.InRange(accepted, MutationsPerFrame / 50, MutationsPerFrame * 9 / 10);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_cut_anywhere_is_rejected(Venue venue, string frame)
    {
        byte[] bytes = SampleFrames.Bytes(frame);
        using Bench bench = new(venue);
        for (int warm = 0; warm < 2; warm++)
        {
            for (int length = 0; length < bytes.Length; length++)
            {
                DecodeResult result = bench.Send(bytes.AsSpan(0, length));
                Assert.Equal((DecodeOutcome.Rejected, length == 0 ? RejectReason.Empty : RejectReason.Truncated), (result.Outcome, result.Reason));
                Assert.Equal(length, result.FaultByte);
            }

            // Then once more with the stream known, which takes the fast way.
            bench.Records(frame);
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

            return Utf8.IsValid(bytes);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
