using System.Text.Json;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>Compares frames with what was written from their records.</summary>
internal static class JsonComparison
{
    /// <summary>The same fields with the same values, in any order. Numbers, in strings or not, must have the same text.</summary>
    /// <param name="original">What the venue sent.</param>
    /// <param name="back">What came back of it.</param>
    /// <param name="isNotKept">Whether a journal does not keep a field of an object.</param>
    /// <param name="mayBeAdded">Whether a field that the venue left out may come back, as what has not changed.</param>
    public static bool Same(JsonElement original, JsonElement back, Func<JsonElement, string, bool> isNotKept, Func<string, bool>? mayBeAdded = null)
    {
        if (original.ValueKind != back.ValueKind)
        {
            return false;
        }

        if (original.ValueKind == JsonValueKind.Array)
        {
            return original.GetArrayLength() == back.GetArrayLength()
                && original.EnumerateArray().Zip(back.EnumerateArray()).All(pair => Same(pair.First, pair.Second, isNotKept, mayBeAdded));
        }

        if (original.ValueKind != JsonValueKind.Object)
        {
            return original.GetRawText() == back.GetRawText();
        }

        Dictionary<string, JsonElement> kept = original.EnumerateObject()
            .Where(field => !isNotKept(original, field.Name)).ToDictionary(static field => field.Name, static field => field.Value);
        JsonProperty[] found =
            [.. back.EnumerateObject().Where(field => mayBeAdded is null || !mayBeAdded(field.Name) || original.TryGetProperty(field.Name, out _))];
        return kept.Count == found.Length
            && found.All(field => kept.TryGetValue(field.Name, out JsonElement value) && Same(value, field.Value, isNotKept, mayBeAdded));
    }
}
