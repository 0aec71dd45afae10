using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Lob.Fast.Codecs.Tests.CoinbaseAdvanced;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>Damaged frames of both feeds: rejected or not as the platform's own reader finds, and a rejected one leaves the decoder as it was.</summary>
public class CoinbaseDamageTests
{
    private const int Seed = 20261120;
    private const int MutationsPerFrame = 2_000;

    private static readonly byte[] Telling = [.. "\"\"\\{}[],:.0123456789-+eEtfnu \r\n\t"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];

    [Theory]
    [MemberData(nameof(CoinbaseFeeds.Both), MemberType = typeof(CoinbaseFeeds))]
    public void A_rejected_frame_leaves_the_decoder_as_it_was(Venue venue)
    {
        Random random = new(Seed);
        string[] samples = CoinbaseFeeds.SamplesOf(venue);
        int rejected = 0;
        int accepted = 0;
        foreach (string sample in samples)
        {
            using CoinbaseBench damaged = CoinbaseFeeds.Bench(venue);
            using CoinbaseBench spared = CoinbaseFeeds.Bench(venue);
            byte[] original = Encoding.UTF8.GetBytes(sample);
            byte[] mutated = new byte[original.Length + 16];
            for (int round = 0; round < MutationsPerFrame; round++)
            {
                ReadOnlySpan<byte> bytes = Mutate(random, original, mutated);
                DecodeResult result = damaged.Send(bytes);
                bool isRejected = result.Outcome == DecodeOutcome.Rejected;
                if (result.FaultByte > bytes.Length || (!IsJson(bytes) && !isRejected) || (IsJson(bytes) && IsSyntax(result.Reason)))
                {
                    Assert.Fail($"round {round}: {result}\n{Encoding.Latin1.GetString(bytes)}");
                }

                (rejected, accepted) = isRejected ? (rejected + 1, accepted) : (rejected, accepted + 1);
                if (!isRejected && spared.Send(bytes) != result)
                {
                    Assert.Fail($"round {round}: {result}\n{Encoding.Latin1.GetString(bytes)}");
                }

                if (round % 50 == 0)
                {
                    string next = samples[random.Next(samples.Length)];
                    Assert.Equal(spared.Bytes(next), damaged.Bytes(next));
                }
            }

            Assert.Equal(spared.Decoder.UnknownEvents(), damaged.Decoder.UnknownEvents());
            Assert.Equal(spared.Decoder.ControlMessages(), damaged.Decoder.ControlMessages());
        }

        Assert.InRange(accepted, 500, rejected);
    }

    [Theory]
    [MemberData(nameof(CoinbaseFeeds.Both), MemberType = typeof(CoinbaseFeeds))]
    public void A_frame_cut_anywhere_is_rejected(Venue venue)
    {
        using CoinbaseBench bench = CoinbaseFeeds.Bench(venue);
        foreach (string sample in CoinbaseFeeds.SamplesOf(venue))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(sample);
            for (int warm = 0; warm < 2; warm++)
            {
                for (int length = 0; length < bytes.Length; length++)
                {
                    DecodeResult result = bench.Send(bytes.AsSpan(0, length));
                    Assert.Equal((DecodeOutcome.Rejected, length == 0 ? RejectReason.Empty : RejectReason.Truncated), (result.Outcome, result.Reason));
                    Assert.Equal(length, result.FaultByte);
                }

                // Then once more with the stream known, which takes the fast way.
                bench.Bytes(sample);
            }
        }
    }

    [Theory]
    [MemberData(nameof(CoinbaseFeeds.Both), MemberType = typeof(CoinbaseFeeds))]
    public void A_frame_longer_than_allowed_is_not_even_looked_at(Venue venue)
    {
        using CoinbaseBench bench = new(venue);
        DecodeResult result = bench.Send(new byte[Frame.BytesMax + 1]);
        Assert.Equal((RejectReason.Oversized, Frame.BytesMax), (result.Reason, result.FaultByte));
    }

    [Fact]
    public void Usual_frames_allocate_nothing()
    {
        foreach ((Venue venue, string[] frames) in (ReadOnlySpan<(Venue, string[])>)
                 [
                     (Venue.Coinbase, [.. CoinbaseSamples.All.Except([CoinbaseSamples.Status, CoinbaseSamples.Subscriptions])]),
                     (Venue.CoinbaseAdvanced, [.. AdvancedSamples.All.Except([AdvancedSamples.Status, AdvancedSamples.Subscriptions])]),
                 ])
        {
            using CoinbaseBench bench = CoinbaseFeeds.Bench(venue);
            byte[][] all = [.. frames.Select(Encoding.UTF8.GetBytes)];
            long before = 0;
            for (int round = 0; round < 300; round++)
            {
                if (round == 200)
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                }

                foreach (byte[] frame in all)
                {
                    bench.Batch.Clear();
                    bench.Decoder.Decode(new Frame { Bytes = frame, ReceivedAtNs = CoinbaseBench.ReceivedAtNs }, bench.Batch);
                }
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static bool IsSyntax(RejectReason reason) => reason is RejectReason.Syntax or RejectReason.Truncated or RejectReason.TrailingGarbage
        or RejectReason.NotUtf8 or RejectReason.TooDeep or RejectReason.Empty;

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
