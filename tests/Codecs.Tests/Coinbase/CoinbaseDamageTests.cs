using System.Text;
using Lob.Fast.Codecs.Tests.CoinbaseAdvanced;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>Damaged frames of both feeds: rejected or not as the platform's own reader finds, and a rejected one leaves the decoder as it was.</summary>
public class CoinbaseDamageTests
{
    private const int MutationsPerFrame = 2_000;

    [Theory]
    [MemberData(nameof(CoinbaseFeeds.Both), MemberType = typeof(CoinbaseFeeds))]
    public void A_rejected_frame_leaves_the_decoder_as_it_was(Venue venue)
    {
        Random random = new(FrameFuzz.Seed);
        string[] samples = CoinbaseFeeds.SamplesOf(venue);
        int rejected = 0;
        int accepted = 0;
        foreach (string sample in samples)
        {
            using CoinbaseBench damaged = CoinbaseFeeds.Bench(venue);
            using CoinbaseBench spared = CoinbaseFeeds.Bench(venue);
            byte[] original = Encoding.UTF8.GetBytes(sample);
            byte[] mutated = new byte[original.Length + FrameDamage.GrowthMax];
            for (int round = 0; round < MutationsPerFrame; round++)
            {
                ReadOnlySpan<byte> bytes = FrameDamage.Mutate(random, original, mutated);
                DecodeResult result = damaged.Send(bytes);
                bool isRejected = result.Outcome == DecodeOutcome.Rejected;
                if (result.FaultByte > bytes.Length || !FrameDamage.Agrees(result, FrameDamage.IsJson(bytes)))
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
            FrameFuzz.Cut(bench, sample);
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
            Allocations.AreNone(bench, [.. frames.Select(Encoding.UTF8.GetBytes)]);
        }
    }
}
