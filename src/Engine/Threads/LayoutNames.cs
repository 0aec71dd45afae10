namespace Lob.Fast.Engine.Threads;

/// <summary>The names of layouts on the command line and in configuration.</summary>
public static class LayoutNames
{
    /// <summary>Chosen by the cores that may be used.</summary>
    public const string Auto = "auto";

    private const string Fused = "fused";
    private const string Split = "split";

    /// <summary>All names.</summary>
    public static IEnumerable<string> All => [Auto, Fused, Split];

    /// <summary>The name of a layout.</summary>
    public static string ToName(this Layout layout) => layout == Layout.Split ? Split : Fused;

    /// <summary>Reads a name; <see cref="Auto"/> is null.</summary>
    public static bool TryParse(string name, out Layout? layout)
    {
        layout = name switch
        {
            Fused => Layout.Fused,
            Split => Layout.Split,
            _ => null,
        };
        return layout != null || name == Auto;
    }
}
