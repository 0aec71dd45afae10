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
    public void The_data_of_the_repository_is_found_on_the_way_up()
    {
        string repository = Directory.CreateDirectory(Path.Combine(_root, "checkout")).FullName;
        File.WriteAllText(Path.Combine(repository, "Lob.Fast.sln"), "");
        string deep = Directory.CreateDirectory(Path.Combine(repository, "artifacts", "bin")).FullName;

        Assert.Equal(Path.Combine(repository, "tests/data"), Recordings.FindBundled(deep));
        Assert.Null(Recordings.FindBundled(_root));
    }

    [Theory]
    [InlineData("plain.rec", "plain.rec")]
    [InlineData("plain.rec.gz", "plain.rec")]
    [InlineData("compressed.rec", "compressed.rec.gz")]
    [InlineData("compressed.rec.gz", "compressed.rec.gz")]
    [InlineData("both.rec", "both.rec")]
    [InlineData("both.rec.gz", "both.rec.gz")]
    [InlineData("neither.rec", null)]
    public void A_recording_is_found_in_either_form(string asked, string? found)
    {
        foreach (string name in new[] { "plain.rec", "compressed.rec.gz", "both.rec", "both.rec.gz" })
        {
            File.WriteAllText(Path.Combine(_root, name), "");
        }

        Assert.Equal(found is null ? null : Path.Combine(_root, found), Recordings.FindIn(_root, asked));
        Assert.Null(Recordings.FindIn(folder: null, asked));
    }

    [Theory]
    [InlineData("binance/spot_nknusdt_20211012.rec")]
    [InlineData("coinbase/exchange_level2_7products_20210417.rec")]
    [InlineData("bitfinex/p0_len100_seqall_7pairs_20210417.rec")]
    [InlineData("bitfinex/p0_len25_checksum_xrpbtc.ndjson")]
    [InlineData("bitfinex/r0_len25_snapshot_2017.json")]
    [InlineData("okx/books_uni-usd-swap_btc-usd-220527_20220513.rec")]
    public void Recordings_of_the_repository_need_no_other_folder(string recording)
    {
        Assert.NotNull(Recordings.Bundled);
        Assert.StartsWith(Recordings.Bundled, Recordings.PathOf(recording), StringComparison.Ordinal);
        Assert.Null(new RecordingFactAttribute(recording).Skip);
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
