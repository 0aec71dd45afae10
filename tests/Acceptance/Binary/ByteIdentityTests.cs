using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>Equal inputs give equal bytes: twice the same binary, and native code beside the JIT.</summary>
public sealed class ByteIdentityTests
{
    public static TheoryData<BinanceMarket, string[], string> Cases => new()
    {
        // market, files, records a segment
        { BinanceMarket.Spot, [Nkn], "1048576" },
        { BinanceMarket.UsdM, [Sushi], "8192" },
        { BinanceMarket.UsdM, [Akro, Keep], "8192" },
        { BinanceMarket.Spot, [Spot8, Nkn], "8192" },
    };

    [BinaryTheory]
    [MemberData(nameof(Cases))]
    public void Two_runs_write_the_same_bytes(BinanceMarket market, string[] recordings, string segmentRecords)
    {
        using TemporaryFolder folder = new();
        string[] first = Write(LobBinary.Run, market, TestData.PathsOf(recordings), segmentRecords, folder.Of("first"));
        string[] second = Write(LobBinary.Run, market, TestData.PathsOf(recordings), segmentRecords, folder.Of("second"));

        Assert.Equal(first, second);
    }

    [BinaryTheory(Needs.NativeCode | Needs.JitBuild)]
    [MemberData(nameof(Cases))]
    public void Native_code_and_the_JIT_write_the_same_bytes(BinanceMarket market, string[] recordings, string segmentRecords)
    {
        using TemporaryFolder folder = new();
        string[] native = Write(LobBinary.Run, market, TestData.PathsOf(recordings), segmentRecords, folder.Of("native"));
        string[] jit = Write(LobBinary.RunJit, market, TestData.PathsOf(recordings), segmentRecords, folder.Of("jit"));

        Assert.Equal(native, jit);
    }

    [BinaryFact(Needs.NativeCode | Needs.JitBuild, CoinM8)]
    public void Native_code_and_the_JIT_write_the_same_bytes_of_a_long_recording_of_COIN_M() =>
        Native_code_and_the_JIT_write_the_same_bytes(BinanceMarket.CoinM, [CoinM8], "65536");

    [BinaryFact]
    public void A_recording_with_faults_gives_the_same_bytes_too()
    {
        using TemporaryFolder folder = new();
        string broken = BrokenRecording.Make(folder, Faults).Path;
        string[] first = Write(LobBinary.Run, BinanceMarket.Spot, [broken], "8192", folder.Of("first"));
        string[] second = Write(LobBinary.Run, BinanceMarket.Spot, [broken], "8192", folder.Of("second"));

        Assert.Equal(first, second);
        Assert.Equal(File.ReadAllBytes(folder.Of("first/quarantine.log")), File.ReadAllBytes(folder.Of("second/quarantine.log")));
    }

    [BinaryFact]
    public void Continuing_a_journal_twice_gives_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        foreach (string journal in new[] { "first", "second" })
        {
            LobBinary.Replay("binance-spot", [TestData.PathOf(Nkn)], folder.Of(journal));
            LobBinary.Replay("binance-spot", [TestData.PathOf(Blz)], folder.Of(journal), "--append");
        }

        string[] hashes = JournalFiles.Hashes(folder.Of("first"));
        Assert.Equal(2, hashes.Length);
        Assert.Equal(hashes, JournalFiles.Hashes(folder.Of("second")));
    }

    private static BrokenLine[] Faults => [BrokenLine.TruncatedDepth, BrokenLine.Garbage, BrokenLine.MissingField];

    private static string[] Write(Func<string[], LobResult> run, BinanceMarket market, string[] files, string segmentRecords, string journal)
    {
        run(["replay", .. files, "--venue", VenueOf(market).ToName(), "--journal", journal, "--segment-records", segmentRecords, "--quiet"]).Succeeded();
        string[] hashes = JournalFiles.Hashes(journal);
        Assert.NotEmpty(hashes);
        return hashes;
    }
}
