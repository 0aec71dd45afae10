using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>Damaged frames, judged beside the platform's own reader.</summary>
public class BinanceFrameFuzzTests
{
    private const int MutationsPerFrame = 25_000;

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
        using Bench bench = new(venue);
        bench.Records(frame);
        FrameFuzz.Judge(bench, frame, MutationsPerFrame);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_cut_anywhere_is_rejected(Venue venue, string frame)
    {
        using Bench bench = new(venue);
        FrameFuzz.Cut(bench, frame);
    }
}
