using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>What the program says of frames that are not what the venue documents, and of checksums that do not match.</summary>
public sealed class BadInputTests
{
    private const string Good =
        """1655000000000000000 {"arg":{"channel":"books","instId":"BTC-USDT"},"action":"snapshot","data":[{"asks":[["67500.2","1.20","0","3"]],"bids":[["67500.1","0.95","0","4"]],"ts":"1785096000123","checksum":0,"prevSeqId":-1,"seqId":10}]}""";

    private const string NoTimeNoBids =
        """1655000000100000000 {"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"checksum":0,"prevSeqId":10,"seqId":15}]}""";

    private const string BidsAreText =
        """1655000000100000000 {"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":"none","ts":"1785096000223","checksum":0,"prevSeqId":10,"seqId":15}]}""";

    private const string Later =
        """1655000000200000000 {"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[],"ts":"1785096000323","checksum":0,"prevSeqId":15,"seqId":15}]}""";

    [BinaryFact]
    public void Strict_stops_at_missing_fields_and_names_them()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("okx.rec", [Good, NoTimeNoBids, Later]);

        LobBinary.Run("replay", file, "--venue", "okx", "--journal", folder.Journal, "--strict").ExitedWith(1)
            .Says($"BUILD_FAIL {file}, line 2, byte ", "MissingField (", "bids", "ts");

        // It stopped there, and what came before is a whole journal.
        JsonElement verified = LobBinary.Run("verify", folder.Journal, "--json").Succeeded().Json();
        Assert.Equal(JsonValueKind.Object, verified.ValueKind);
        JsonElement answer = LobBinary.Run("replay", file, "--venue", "okx", "--strict", "--json").Json();
        Assert.Equal(2, answer.GetProperty("frames").GetInt32());
        Assert.Contains("MissingField (", answer.GetProperty("build_fail").GetString(), StringComparison.Ordinal);
    }

    [BinaryFact]
    public void Strict_stops_at_levels_that_are_no_lists()
    {
        using TemporaryFolder folder = new();
        LobBinary.Run("replay", folder.Write("okx.rec", [Good, BidsAreText, Later]), "--venue", "okx", "--strict").ExitedWith(1).Says("BUILD_FAIL", "WrongType");
    }

    [BinaryFact]
    public void Without_strict_the_frame_is_kept_apart_and_its_book_breaks()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("okx.rec", [Good, NoTimeNoBids, Later]);
        JsonElement answer = LobBinary.Run("replay", file, "--venue", "okx", "--journal", folder.Journal, "--json").Succeeded().Json();
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("build_fail").ValueKind);
        Assert.Equal((3, 1, 0), (answer.GetProperty("frames").GetInt32(), answer.GetProperty("rejected").GetInt32(), answer.GetProperty("gaps").GetInt32()));
        Assert.Equal(1, answer.GetProperty("rejected_by_reason").GetProperty("MissingField").GetInt32());
        Assert.Equal("Broken", answer.GetProperty("instruments")[0].GetProperty("state").GetString());
        Assert.StartsWith($"MissingField {file}:2:", File.ReadAllText(Path.Combine(folder.Journal, "quarantine.log")), StringComparison.Ordinal);
    }

    [BinaryTheory]
    [InlineData("resync", 1, 1)]
    [InlineData("warn", 0, 0)]
    public void A_checksum_that_differs_breaks_the_book_or_is_only_counted(string policy, int gaps, int resyncs)
    {
        string file = SyntheticRecordings.PathOf("okx_books_legacy_bad_checksum.rec");
        JsonElement answer = LobBinary.Run("replay", file, "--venue", "okx", "--on-checksum-mismatch", policy, "--json").Succeeded().Json();
        Assert.True(answer.GetProperty("checksums").GetProperty("mismatch").GetInt32() >= 1);
        Assert.Equal((gaps, resyncs), (answer.GetProperty("gaps").GetInt32(), answer.GetProperty("resyncs").GetInt32()));
        Assert.All(answer.GetProperty("instruments").EnumerateArray(), static book => Assert.Equal("Live", book.GetProperty("state").GetString()));
    }
}
