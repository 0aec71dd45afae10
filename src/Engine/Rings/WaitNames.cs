namespace Lob.Fast.Engine.Rings;

/// <summary>The names of ways to wait on the command line and in configuration.</summary>
public static class WaitNames
{
    private static readonly (WaitKind Wait, string Name)[] Names =
    [
        (WaitKind.Spin, "spin"),
        (WaitKind.Yield, "yield"),
        (WaitKind.Park, "park"),
    ];

    /// <summary>All names.</summary>
    public static IEnumerable<string> All => Names.Select(static pair => pair.Name);

    /// <summary>The name of a way to wait.</summary>
    public static string ToName(this WaitKind wait) => Array.Find(Names, pair => pair.Wait == wait).Name ?? "unknown";

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string name, out WaitKind wait)
    {
        int index = Array.FindIndex(Names, pair => pair.Name == name);
        wait = index < 0 ? WaitKind.Yield : Names[index].Wait;
        return index >= 0;
    }
}
