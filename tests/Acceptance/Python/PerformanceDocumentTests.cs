using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Python;

/// <summary>docs/PERFORMANCE.md is what perf/report.py makes of the measurements beside it: no figure in its tables was typed by hand.</summary>
public sealed class PerformanceDocumentTests
{
    private const string Script = "perf/report.py";
    private const string Document = "docs/PERFORMANCE.md";
    private const string Measurements = "docs/performance";
    private const string Trial = "tests/data/performance";
    private const string AFigure = "1,988";

    [PythonFact]
    public void The_document_follows_from_the_measurements() => PythonScript.Run(Script, ["--check"]).Succeeded();

    [PythonFact]
    public void Each_row_that_is_not_met_says_why_in_words_of_its_own() => PythonScript.Run(Script, ["--notes"]).Succeeded();

    [PythonFact]
    public void A_figure_that_was_altered_is_found()
    {
        using TemporaryFolder folder = new();
        string script = Copy(Script, folder);
        Copy($"{Measurements}/aims.json", folder);
        foreach (string file in Directory.GetFiles(Path.Combine(PythonScript.Repository, Trial), "*.json"))
        {
            File.Copy(file, Path.Combine(folder.Of(Measurements), Path.GetFileName(file)));
        }

        // A trial's figures meet hardly any aim, and no note says why: that is said, and the document is written all the same.
        Assert.Contains("Not met", PythonScript.Run(script, ["--text"]).Error, StringComparison.Ordinal);
        Assert.Equal(1, PythonScript.Run(script, ["--notes"]).ExitCode);
        PythonScript.Run(script, ["--check"]).Succeeded();
        string document = File.ReadAllText(folder.Of(Document));
        Assert.Contains(AFigure, document, StringComparison.Ordinal);
        File.WriteAllText(folder.Of(Document), document.Replace(AFigure, "1,987", StringComparison.Ordinal));

        Assert.Equal(1, PythonScript.Run(script, ["--check"]).ExitCode);
    }

    private static string Copy(string file, TemporaryFolder folder)
    {
        string copy = folder.Of(file);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(Path.Combine(PythonScript.Repository, file), copy);
        return copy;
    }
}
