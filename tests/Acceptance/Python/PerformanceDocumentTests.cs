using System.Text.RegularExpressions;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Python;

/// <summary>docs/PERFORMANCE.md is what perf/report.py makes of the measurements beside it: no figure in it was typed by hand.</summary>
public sealed partial class PerformanceDocumentTests
{
    private const string Script = "perf/report.py";
    private const string Document = "docs/PERFORMANCE.md";
    private const string Measurements = "docs/performance";

    [PythonFact]
    public void The_document_follows_from_the_measurements() => PythonScript.Run(Script, ["--check"]).Succeeded();

    [PythonFact]
    public void A_figure_that_was_altered_is_found()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.GetFiles(Path.Combine(PythonScript.Repository, Measurements)).Append(Path.Combine(PythonScript.Repository, Document)).Append(
            Path.Combine(PythonScript.Repository, Script)))
        {
            string copy = folder.Of(Path.GetRelativePath(PythonScript.Repository, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        PythonScript.Run(folder.Of(Script), ["--check"]).Succeeded();
        string document = File.ReadAllText(folder.Of(Document));
        Match figure = FigureOfTable().Match(document);
        Assert.True(figure.Success, "the document has no table with figures");
        File.WriteAllText(folder.Of(Document), $"{document[..figure.Groups[1].Index]}{(figure.Groups[1].Value == "7" ? 8 : 7)}{document[(figure.Groups[1].Index + 1)..]}");

        Assert.Equal(1, PythonScript.Run(folder.Of(Script), ["--check"]).ExitCode);
    }

    [GeneratedRegex(@"^\|.*\| [^|]*(\d)[^|]* \|$", RegexOptions.Multiline)]
    private static partial Regex FigureOfTable();
}
