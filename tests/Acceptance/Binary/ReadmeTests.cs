using System.Text;
using System.Text.RegularExpressions;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>
/// Every <c>./lob</c> command in a <c>sh</c> block of the README runs, with exit code 0, and prints what the README shows: <c>…</c> in a line stands for
/// any text, and alone in a line for any lines.
/// </summary>
public sealed class ReadmeTests(ITestOutputHelper output)
{
    private const int CommandMsMax = 120_000;
    private const string Prompt = "$ ";
    private const string Anything = "…";
    private const string OwnCommand = "./lob ";
    private const string JitNote = "lob: running under the JIT";

    [BinaryFact]
    public void Every_command_prints_what_the_README_shows()
    {
        List<(string Command, List<string> Lines)> commands = [.. Commands(File.ReadAllLines(Path.Combine(TestData.Root, "README.md")))];
        Assert.Contains(commands, static item => item.Command.StartsWith(OwnCommand, StringComparison.Ordinal));

        using TemporaryFolder folder = new();
        LinkRepository(folder.Root);
        foreach ((string command, List<string> lines) in commands.Where(static item => item.Command.StartsWith(OwnCommand, StringComparison.Ordinal)))
        {
            LobResult result = Programs.Run("bash", ["-c", $"exec 2>&1; {command}"], CommandMsMax, folder.Root);
            output.WriteLine($"$ {command}\n{result.Output}");
            Assert.True(result.ExitCode == 0, $"{command}: {result}");
            string printed = Normalized(result.Output.Split('\n').Where(static line => !line.StartsWith(JitNote, StringComparison.Ordinal)));
            Assert.True(PatternOf(lines).IsMatch(printed), $"README.md: {command}\nshows:\n{string.Join('\n', lines)}\n\nprinted:\n{printed}");
        }
    }

    [Fact]
    public void The_comparison_itself_can_fail()
    {
        string[] readme = ["text", "```sh", "$ ./lob a", "one", "two …", "…", "five", "$ ./lob b", "```", "```", "$ ./lob c", "```"];
        List<(string Command, List<string> Lines)> commands = [.. Commands(readme)];

        Assert.Equal(["./lob a", "./lob b"], commands.Select(static item => item.Command));
        Regex pattern = PatternOf(commands[0].Lines);
        Assert.Matches(pattern, Normalized(["one", "two 2", "three", "four", "five"]));
        Assert.Matches(pattern, Normalized(["one", "two .", "five  ", ""]));
        Assert.DoesNotMatch(pattern, Normalized(["one", "two 2", "five", "six"]));
        Assert.DoesNotMatch(pattern, Normalized(["one", "2 two", "five"]));
        Assert.DoesNotMatch(pattern, Normalized(["zero", "one", "two 2", "five"]));
        Assert.DoesNotMatch(pattern, "");
    }

    /// <summary>The commands of the <c>sh</c> blocks, and the lines under each.</summary>
    private static IEnumerable<(string Command, List<string> Lines)> Commands(IEnumerable<string> readme)
    {
        List<(string Command, List<string> Lines)> commands = [];
        string? fence = null;
        foreach (string line in readme)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence is null ? line : null;
            }
            else if (fence == "```sh" && line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                commands.Add((line[Prompt.Length..], []));
            }
            else if (fence == "```sh" && commands.Count > 0)
            {
                commands[^1].Lines.Add(line);
            }
        }

        return commands;
    }

    private static Regex PatternOf(List<string> lines)
    {
        StringBuilder pattern = new("^");
        foreach (string line in lines)
        {
            pattern.Append(line.Trim() == Anything ? "(?:.*\n)*?" : $"{Regex.Escape(line.TrimEnd()).Replace(Anything, ".*", StringComparison.Ordinal)}\n");
        }

        return new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant);
    }

    /// <summary>Each line without blanks at its end, none at the end of all.</summary>
    private static string Normalized(IEnumerable<string> lines)
    {
        string text = string.Join('\n', lines.Select(static line => line.TrimEnd())).TrimEnd('\n');
        return text.Length == 0 ? "" : text + "\n";
    }

    /// <summary>A folder that looks like the root of the repository, in which commands may leave what they like.</summary>
    private static void LinkRepository(string folder)
    {
        foreach (FileSystemInfo item in new DirectoryInfo(TestData.Root).EnumerateFileSystemInfos())
        {
            string link = Path.Combine(folder, item.Name);
            _ = item is DirectoryInfo ? Directory.CreateSymbolicLink(link, item.FullName) : File.CreateSymbolicLink(link, item.FullName);
        }
    }
}
