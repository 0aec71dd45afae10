using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Python;

/// <summary><c>examples/python/okx_checksum.py</c>: what it says of lines that agree, differ, offer nothing, or are none.</summary>
public sealed class OkxChecksumTests
{
    private const string Script = "examples/python/okx_checksum.py";

    // CRC-32 of "0.5:2:0.6:1:0.4:3" is 0x1BA0468F, as a signed number:
    private const int Checksum = 463488655;

    [PythonFact]
    public void Lines_that_agree_or_offer_nothing_are_counted()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a.jsonl", [Line($"{Checksum}"), Line("null"), Line("0")]);

        ProcessRun run = PythonScript.Run(Script, [file, file]);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("2 match, 0 differ, 4 offer no checksum\n", run.Output);
    }

    [PythonFact]
    public void A_line_that_differs_is_named()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("a.jsonl", [Line($"{Checksum}"), Line($"{Checksum + 1}")]);

        ProcessRun run = PythonScript.Run(Script, [file]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("1 match, 1 differ, 0 offer no checksum\n", run.Output);
        Assert.Contains($"{file}:2:", run.Error, StringComparison.Ordinal);
    }

    [PythonFact]
    public void What_is_no_such_file_is_said()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(2, PythonScript.Run(Script, []).ExitCode);
        Assert.Equal(2, PythonScript.Run(Script, [folder.Of("nowhere.jsonl")]).ExitCode);

        ProcessRun run = PythonScript.Run(Script, [folder.Write("a.jsonl", ["{\"checksum\":"])]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not a line of", run.Error, StringComparison.Ordinal);
    }

    private static string Line(string checksum) =>
        "{\"timestamp_utc\":\"2022-05-13T16:27:05.503Z\",\"instId\":\"UNI-USD-SWAP\",\"bids_top400\":[[\"0.5\",\"2\",\"0\",\"1\"],[\"0.4\",\"3\",\"0\",\"7\"]],"
            + $"\"asks_top400\":[[\"0.6\",\"1\",\"0\",\"4\"]],\"checksum\":{checksum}}}";
}
