using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>Damaged frames: nothing throws, what is no JSON is rejected, and what is rejected leaves the decoder as it was.</summary>
public class BybitFuzzTests
{
    private const string Linear = "bybit/linear_orderbook200_4symbols_20260809.rec";
    private const int MutationsPerFrame = 2_500;

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
        using BybitBench bench = new(venue);
        bench.Records(frame);
        FrameFuzz.Judge(bench, frame, MutationsPerFrame);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_cut_anywhere_is_rejected(Venue venue, string frame)
    {
        using BybitBench bench = new(venue);
        FrameFuzz.Cut(bench, frame);
    }

    [RecordingFact(Linear)]
    public void Rejected_frames_leave_no_trace() =>
        Assert.True(FrameFuzz.Mix(Venue.BybitLinear, TestSupport.Recordings.PathOf(Linear), static _ => 12) > 10_000);
}
