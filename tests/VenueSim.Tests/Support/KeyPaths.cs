using System.Text.Json;

namespace Lob.Fast.VenueSim.Tests.Support;

/// <summary>The shape of a frame: its keys with the types of their values, wherever they are nested.</summary>
internal static class KeyPaths
{
    public static HashSet<string> Of(JsonElement frame)
    {
        HashSet<string> paths = [];
        Add(frame, "", paths);
        return paths;
    }

    private static void Add(JsonElement value, string path, HashSet<string> paths)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject())
                    Add(property.Value, $"{path}.{property.Name}", paths);

                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    // Places of a row mean something, places in a list of rows do not.
                    bool isNested = item.ValueKind is JsonValueKind.Array or JsonValueKind.Object;
                    Add(item, isNested ? $"{path}[]" : $"{path}[{index}]", paths);
                    index++;
                }

                break;
            case JsonValueKind.True or JsonValueKind.False:
                paths.Add($"{path}:Boolean");
                break;
            default:
                paths.Add($"{path}:{value.ValueKind}");
                break;
        }
    }
}
