using System.Diagnostics;
using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>What is published is native code, small, and starts at once.</summary>
public sealed class NativeCodeTests(ITestOutputHelper output)
{
    private const int Starts = 10;

    // About ten times what it is today: these tests share the machine with others.
    private const int StartMsMax = 300;
    // 34 with web server, HTTP client, TLS and the local exchange in it (2026-11); a runtime carried along would be 70 and more.
    private const int SizeMiBMax = 40;

    [BinaryFact]
    public void The_version_says_what_it_was_compiled_for()
    {
        string[] lines = LobBinary.Version.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(4, lines.Length);
        Assert.Matches(@"^lob \d+\.\d+\.\d+", lines[0]);
        Assert.Matches(@"^framework: net\d+\.0 ", lines[1]);
        Assert.StartsWith("compiled for: ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("machine has: ", lines[3], StringComparison.Ordinal);
    }

    [BinaryFact(Needs.NativeCode)]
    public void It_is_native_code_in_one_file()
    {
        Assert.Contains("native code, ahead of time", LobBinary.Version, StringComparison.Ordinal);
        FileInfo file = new(LobBinary.ProgramPath);
        using FileStream stream = file.OpenRead();
        byte[] magic = new byte[4];
        stream.ReadExactly(magic);
        Assert.Equal("\u007fELF"u8.ToArray(), magic);
        Assert.Empty(file.Directory!.GetFiles("*.dll"));
        output.WriteLine($"{file.Length / (1024.0 * 1024):F1} MiB");
        Assert.True(file.Length < SizeMiBMax << 20, $"{file.Length} bytes");
    }

    [BinaryFact(Needs.NativeCode)]
    public void Rows_in_no_order_are_decoded_without_allocating()
    {
        const int Changes = 200;
        const int Rows = 20;
        Random random = new(5);
        using TemporaryFolder folder = new();
        string recording = folder.Of("unsorted.ndjson");
        string book = """{"topic":"orderbook.50.BTCUSDT","type":"TYPE","ts":1672304484978,"data":{"s":"BTCUSDT","b":[ROWS],"a":[],"u":NUMBER,"seq":NUMBER},"cts":1672304484976}""";
        File.WriteAllLines(recording, Enumerable.Range(2, Changes).Select(number => book
            .Replace("TYPE", number == 2 ? "snapshot" : "delta", StringComparison.Ordinal)
            .Replace("ROWS", string.Join(',', Prices(number).Select(static price => $"[\"{price}.50\",\"1.5\"]")), StringComparison.Ordinal)
            .Replace("NUMBER", $"{number}", StringComparison.Ordinal)));

        JsonElement variant = LobBinary.Run("bench", $"bybit-linear:{recording}", "--only", "decode", "--rounds", "1", "--json").Succeeded().Json()
            .GetProperty("recordings")[0].GetProperty("variants")[0];
        Assert.Equal(0, variant.GetProperty("allocated_bytes").GetInt64());

        // The book best bid first, its changes in any order.
        int[] Prices(int number)
        {
            int[] prices = [.. Enumerable.Range(16_000, Rows).Reverse()];
            if (number > 2)
            {
                random.Shuffle(prices);
            }

            return prices;
        }
    }

    [BinaryFact(Needs.NativeCode)]
    public void It_uses_the_instructions_of_the_machine_that_built_it()
    {
        string[] lines = LobBinary.Version.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string Sets(int line) => lines[line][(lines[line].LastIndexOf(':') + 1)..].Trim();

        // A build for this machine leaves nothing unused; one that travels names what it was compiled for instead.
        Assert.True(Sets(2) == Sets(3) || !lines[2].StartsWith("compiled for: native:", StringComparison.Ordinal), LobBinary.Version);
    }

    [BinaryFact(Needs.NativeCode)]
    public void It_starts_at_once()
    {
        double[] elapsedMs = new double[Starts];
        for (int i = 0; i < Starts; i++)
        {
            long start = Stopwatch.GetTimestamp();
            LobBinary.Run("--version").Succeeded();
            elapsedMs[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(elapsedMs);
        output.WriteLine($"fastest of {Starts} starts {elapsedMs[0]:F1} ms, median {elapsedMs[Starts / 2]:F1} ms");
        Assert.True(elapsedMs[0] < StartMsMax, $"fastest start {elapsedMs[0]:F1} ms");
    }
}
