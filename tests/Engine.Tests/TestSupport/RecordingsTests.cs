using Lob.Fast.TestSupport;

namespace Lob.Fast.Engine.Tests.TestSupport;

public sealed class RecordingsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("lob-recordings-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_folder_is_found_on_the_way_up()
    {
        string captures = Directory.CreateDirectory(Path.Combine(_root, "shared", "captures")).FullName;
        string deep = Directory.CreateDirectory(Path.Combine(_root, "checkout", "artifacts", "bin")).FullName;

        Assert.Equal(captures, Recordings.FindFolder(named: null, deep));
    }

    [Fact]
    public void A_named_folder_wins_and_is_not_replaced_when_it_is_missing()
    {
        Directory.CreateDirectory(Path.Combine(_root, "shared", "captures"));
        string named = Directory.CreateDirectory(Path.Combine(_root, "elsewhere")).FullName;

        Assert.Equal(named, Recordings.FindFolder(named, _root));
        Assert.Null(Recordings.FindFolder(Path.Combine(_root, "nowhere"), _root));
    }

    [Fact]
    public void A_missing_recording_is_a_reason_that_names_it()
    {
        Assert.Equal(
            "skipped: recording not present: nowhere/at-all.ndjson",
            Recordings.WhySkipped("nowhere/at-all.ndjson"));
        Assert.Equal(Recordings.WhySkipped("nowhere/at-all.ndjson"), new RecordingFactAttribute("nowhere/at-all.ndjson").Skip);
        Assert.Equal(Recordings.WhySkipped("nowhere/at-all.ndjson"), new RecordingTheoryAttribute("nowhere/at-all.ndjson").Skip);
    }
}
