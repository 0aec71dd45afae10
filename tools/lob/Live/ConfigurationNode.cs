using System.Text.Json;
using Lob.Fast.Cli.Output;

namespace Lob.Fast.Cli.Live;

/// <summary>An object of a configuration file while it is read: knows its place, and which of its keys have been asked for, so that a misspelt one is told.</summary>
internal sealed class ConfigurationNode(string file, string path, JsonElement element)
{
    private readonly List<string> _known = ["$schema"];

    public string? Text(string key) => Find(key, JsonValueKind.String, "a text")?.GetString();

    public string RequiredText(string key) => Text(key) is { Length: > 0 } text ? text : throw Fault(key, "is missing: expected a text");

    public bool? Flag(string key) => Find(key, JsonValueKind.True, "true or false")?.GetBoolean();

    public long? Number(string key, long least, long most)
    {
        if (Find(key, JsonValueKind.Number, "a number") is not { } value)
        {
            return null;
        }

        return value.TryGetInt64(out long number) && number >= least && number <= most
            ? number
            : throw Fault(key, $"expected a whole number from {least} to {most}, found {value.GetRawText()}");
    }

    public IReadOnlyList<string>? Texts(string key)
    {
        if (Find(key, JsonValueKind.Array, "a list of texts") is not { } list)
        {
            return null;
        }

        var texts = new List<string>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            texts.Add(item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text
                ? text
                : throw Fault($"{key}[{texts.Count}]", $"expected a text, found {item.GetRawText()}"));
        }

        return texts;
    }

    public IReadOnlyList<ConfigurationNode> Nodes(string key)
    {
        if (Find(key, JsonValueKind.Array, "a list of objects") is not { } list)
        {
            return [];
        }

        var nodes = new List<ConfigurationNode>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            string place = $"{key}[{nodes.Count}]";
            nodes.Add(item.ValueKind == JsonValueKind.Object ? new ConfigurationNode(file, Under(place), item) : throw Fault(place, $"expected an object, found {item.GetRawText()}"));
        }

        return nodes;
    }

    /// <summary>All keys have been asked for: any other is a mistake.</summary>
    public void Done()
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
            {
                throw Fault(property.Name, $"is no key here. Allowed: {string.Join(", ", _known.Skip(1))}");
            }
        }
    }

    public UserErrorException Fault(string key, string what) => new($"{file}: {Under(key)}: {what}.") { ExitCode = ExitCode.Usage };

    private string Under(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private JsonElement? Find(string key, JsonValueKind kind, string expected)
    {
        _known.Add(key);
        if (!element.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        bool fits = value.ValueKind == kind || (kind == JsonValueKind.True && value.ValueKind == JsonValueKind.False);
        return fits ? value : throw Fault(key, $"expected {expected}, found {value.GetRawText()}");
    }
}
