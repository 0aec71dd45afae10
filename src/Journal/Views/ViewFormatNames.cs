namespace Lob.Fast.Journal.Views;

/// <summary>The names of the formats on the command line and in metadata.</summary>
public static class ViewFormatNames
{
    private static readonly (ViewFormat Format, string Name)[] Names =
    [
        (ViewFormat.Jsonl, "jsonl"),
        (ViewFormat.Ndjson, "ndjson"),
        (ViewFormat.Csv, "csv"),
        (ViewFormat.Npy, "npy"),
    ];

    /// <summary>All names, for messages that say what is allowed.</summary>
    public static IEnumerable<string> All => Names.Select(static pair => pair.Name);

    /// <summary>The name of a format.</summary>
    public static string ToName(this ViewFormat format) => Array.Find(Names, pair => pair.Format == format).Name;

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string name, out ViewFormat format)
    {
        int index = Array.FindIndex(Names, pair => pair.Name == name);
        format = index < 0 ? default : Names[index].Format;
        return index >= 0;
    }
}
