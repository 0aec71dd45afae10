using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Benchmarks.Machine;

/// <summary>
/// Counts the instructions of decoding: this program is started under a counter twice, and decodes the same frames a few times more the second time.
/// The difference is decoding and nothing else: not the start, not reading the file. No symbols are needed.
/// </summary>
internal static partial class InstructionCounter
{
    /// <summary>Frames that are decoded over and over, the first ones of a recording.</summary>
    public const int FramesMax = 2_000;

    // The first passes see new streams and cold tables; the difference is between warm passes only.
    private const int FewPasses = 2;
    private const int ManyPasses = 12;
    private const string Vectors512 = "AVX512F";

    /// <param name="venue">Venue of the recording.</param>
    /// <param name="files">Its files.</param>
    /// <param name="frames">How many frames each pass decodes.</param>
    public static InstructionCount Count(Venue venue, IReadOnlyList<string> files, int frames)
    {
        if (!BuildInfo.IsNative || Environment.ProcessPath is not { } program)
        {
            return InstructionCount.Skipped("under the JIT the compiler's own instructions would be counted with them");
        }

        string[] arguments = ["bench", $"{venue.ToName()}:{string.Join(',', files)}", "--decode-passes"];
        string why = "perf has no counters here";
        if (Difference(passes => PerfStat(program, [.. arguments, passes])) is { } counted)
        {
            return new InstructionCount(counted / frames, frames, "perf stat", null);
        }

        if (BuildInfo.CompiledSets.Contains(Vectors512))
        {
            return InstructionCount.Skipped($"{why}, and valgrind does not know this build's AVX-512: build with LOB_BUILD=travel");
        }

        return Difference(passes => Callgrind(program, [.. arguments, passes])) is { } instructions
            ? new InstructionCount(instructions / frames, frames, "valgrind --tool=callgrind", null)
            : InstructionCount.Skipped($"{why}, and valgrind did not run: apt-get install valgrind");
    }

    private static double? Difference(Func<string, long?> count) =>
        count(FewPasses.ToString(CultureInfo.InvariantCulture)) is { } few && count(ManyPasses.ToString(CultureInfo.InvariantCulture)) is { } many
            ? (many - few) / (double)(ManyPasses - FewPasses)
            : null;

    private static long? PerfStat(string program, string[] arguments) =>
        Number(PerfLine().Match(Run("perf", ["stat", "-x", ",", "-e", "instructions:u", program, .. arguments])));

    private static long? Callgrind(string program, string[] arguments)
    {
        // A copy: beside the program lies its debug information, which valgrind stumbles over.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lob-count-");
        try
        {
            string copy = Path.Combine(folder.FullName, Path.GetFileName(program));
            File.Copy(program, copy);
            return Number(CallgrindLine().Match(Run("valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", copy, .. arguments])));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static long? Number(Match match) => match.Success ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>What a program printed on stderr; nothing where it is not there or failed.</summary>
    private static string Run(string counter, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(counter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

            // The collector reserves 256 GB of addresses by itself, more than valgrind has.
            start.Environment["DOTNET_GCRegionRange"] = "40000000";
            using Process process = Process.Start(start)!;
            string text = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : "";
        }
        catch (Win32Exception)
        {
            return "";
        }
    }

    [GeneratedRegex(@"^(\d+),[^,]*,instructions", RegexOptions.Multiline)]
    private static partial Regex PerfLine();

    [GeneratedRegex(@"Collected : (\d+)")]
    private static partial Regex CallgrindLine();
}
