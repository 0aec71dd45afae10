using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>Damaged frames: judged beside the platform's own reader, and without consequence for what follows.</summary>
public class OkxFrameFuzzTests
{
    private const int MutationsPerFrame = 15_000;

    public static TheoryData<string> Frames => [.. OkxSamples.All, OkxSamples.Instruments];

    public static TheoryData<string> Files => [.. OkxFiles.Paths().Select(Path.GetFileName).OfType<string>()];

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_damaged_frame_is_json_or_not_exactly_as_the_platform_reader_finds(string frame)
    {
        using OkxBench bench = new();
        bench.Records(frame);
        FrameFuzz.Judge(bench, frame, MutationsPerFrame);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_cut_anywhere_is_rejected(string frame)
    {
        using OkxBench bench = new();
        FrameFuzz.Cut(bench, frame);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Damaged_frames_between_those_of_a_recording_change_nothing(string file)
    {
        string path = OkxFiles.Paths().Single(path => Path.GetFileName(path) == file);
        Assert.NotEqual(0, FrameFuzz.Mix(Venue.Okx, path, static random => random.Next(4)));
    }
}
