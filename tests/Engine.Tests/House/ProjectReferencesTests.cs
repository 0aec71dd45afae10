using System.Xml.Linq;

namespace Lob.Fast.Engine.Tests.House;

/// <summary>Arrows point down only: which project of src/ may know which, read from the project files themselves.</summary>
public class ProjectReferencesTests
{
    /// <summary>What each room may reference. A new room is entered here, with the rooms below it.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Engine"] = [],
        ["Codecs"] = ["Engine"],
        ["Journal"] = ["Engine"],
        ["Strategies"] = ["Engine"],
        ["Venues"] = ["Engine", "Codecs", "Journal", "Strategies"],
        ["Storage"] = ["Engine", "Codecs", "Journal", "Strategies"],
        ["Serving"] = ["Engine", "Codecs", "Journal", "Strategies"],
        ["Learning"] = ["Engine", "Codecs", "Journal", "Strategies"],
    };

    private static readonly string Root = FindRoot();

    [Fact]
    public void Projects_of_src_reference_only_what_lies_below_them()
    {
        Dictionary<string, string[]> rooms = Directory.EnumerateDirectories(Path.Combine(Root, "src")).ToDictionary(
            static folder => Path.GetFileName(folder),
            static folder => References(Assert.Single(Directory.GetFiles(folder, "*.csproj"))));

        Assert.Contains("Engine", rooms.Keys);
        Assert.Contains("Codecs", rooms.Keys);
        Assert.Contains("Journal", rooms.Keys);
        Assert.Empty(Upward(rooms));
    }

    [Fact]
    public void An_arrow_that_points_up_is_found()
    {
        Assert.Equal(["Engine → Codecs"], Upward(new() { ["Engine"] = ["Codecs"], ["Codecs"] = ["Engine"] }));
        Assert.Equal(
            ["Codecs → Journal", "Attic → (a room this test does not know)"],
            Upward(new() { ["Codecs"] = ["Engine", "Journal"], ["Attic"] = [] }));
    }

    [Fact]
    public void The_engine_needs_no_package()
    {
        XDocument project = XDocument.Load(Path.Combine(Root, "src", "Engine", "Lob.Fast.Engine.csproj"));
        Assert.DoesNotContain(project.Descendants(), static element => element.Name.LocalName is "PackageReference" or "Reference" or "ProjectReference");
    }

    private static List<string> Upward(Dictionary<string, string[]> rooms)
    {
        var wrong = new List<string>();
        foreach ((string room, string[] references) in rooms)
        {
            if (!Allowed.TryGetValue(room, out string[]? below))
            {
                wrong.Add($"{room} → (a room this test does not know)");
                continue;
            }

            wrong.AddRange(references.Except(below).Select(reference => $"{room} → {reference}"));
        }

        return wrong;
    }

    /// <summary>The rooms that a project names, by folder.</summary>
    private static string[] References(string project) =>
    [
        .. XDocument.Load(project).Descendants()
            .Where(static element => element.Name.LocalName == "ProjectReference")
            .Select(element => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, element.Attribute("Include")!.Value.Replace('\\', '/'))))
            .Select(static path => Path.GetFileName(Path.GetDirectoryName(path)!)),
    ];

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Lob.Fast.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("Lob.Fast.sln was not found above the tests");
    }
}
