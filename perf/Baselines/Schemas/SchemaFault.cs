namespace Lob.Fast.Baselines.Schemas;

/// <summary>Why a frame was found wrong: the first thing that was not as expected.</summary>
public sealed class SchemaFault
{
    /// <summary>What was expected where; empty when nothing was wrong.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Forgets the fault.</summary>
    public void Clear() => Text = "";

    /// <summary>Notes a fault. Always false.</summary>
    public bool Note(string text)
    {
        if (Text.Length == 0)
        {
            Text = text;
        }

        return false;
    }

    /// <summary>Notes that a value is not what it should be. Always false.</summary>
    public bool Expected(string what, in JsonNode found)
    {
        if (Text.Length == 0)
        {
            const int Shown = 40;
            string text = System.Text.Encoding.UTF8.GetString(found.Raw[..Math.Min(found.Raw.Length, Shown)]);
            Text = $"expected {what} at byte {found.Start}, found {found.Kind} {text}";
        }

        return false;
    }
}
