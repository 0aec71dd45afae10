using Lob.Fast.Journal.Views;
using Lob.Fast.Journal.Views.Live;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>A live view that a test moves by hand, ends, kills and starts again, and what a conversion of the journal then gives.</summary>
internal sealed class LiveSteps(TemporaryFolder folder, ViewFormat format, string every, string output = "live") : IDisposable
{
    private LiveExport? _export;

    public List<string> Log { get; } = [];

    public string Output => folder.Of(output);

    public LiveExport Export => _export ??= new LiveExport(Request(Output), Log.Add, static () => { });

    /// <summary>Levels a side.</summary>
    public int Levels { get; init; } = 3;

    /// <summary>Takes what is committed.</summary>
    public void Look() => Export.Look();

    /// <summary>Ends it as it should.</summary>
    public void Close()
    {
        Export.Look();
        Export.Close();
        Kill();
    }

    /// <summary>Ends it anywhere.</summary>
    public void Kill()
    {
        _export?.Dispose();
        _export = null;
    }

    public ViewRequest Request(string to)
    {
        Assert.True(ViewCadence.TryParse(every, out ViewCadence cadence));
        return new ViewRequest { JournalFolder = folder.Journal, OutFolder = to, Format = format, Cadence = cadence, Levels = Levels, Workers = 2 };
    }

    /// <summary>What was written, without the state.</summary>
    public SortedDictionary<string, string> Written()
    {
        SortedDictionary<string, string> files = RecordedJournal.Files(Output);
        foreach (string kept in files.Keys.Where(static path => path.StartsWith(LiveFolder.Name, StringComparison.Ordinal)).ToArray())
        {
            files.Remove(kept);
        }

        return files;
    }

    /// <summary>Compares all files, the metadata included, with those of a conversion.</summary>
    public void AssertConverted(string what)
    {
        using TemporaryFolder converted = new();
        ViewConversion.Run(Request(converted.Root));
        ViewSame.Assert(RecordedJournal.Files(converted.Root), Written(), what);
    }

    public void Dispose() => Kill();
}
