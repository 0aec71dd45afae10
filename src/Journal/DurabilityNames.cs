namespace Lob.Fast.Journal;

/// <summary>The names of durabilities on the command line and in configuration.</summary>
public static class DurabilityNames
{
    private static readonly (Durability Durability, string Name)[] Names =
    [
        (Durability.None, "none"),
        (Durability.Interval, "interval"),
        (Durability.Segment, "segment"),
    ];

    /// <summary>All names, for messages that say what is allowed.</summary>
    public static IEnumerable<string> All => Names.Select(static pair => pair.Name);

    /// <summary>The name of a durability.</summary>
    public static string ToName(this Durability durability) =>
        Array.Find(Names, pair => pair.Durability == durability).Name ?? "unknown";

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string name, out Durability durability)
    {
        int index = Array.FindIndex(Names, pair => pair.Name == name);
        durability = index < 0 ? Durability.None : Names[index].Durability;
        return index >= 0;
    }
}
