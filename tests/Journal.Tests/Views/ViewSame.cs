namespace Lob.Fast.Journal.Tests.Views;

/// <summary>Compares whole folders of output.</summary>
internal static class ViewSame
{
    public static void Assert(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual, string what)
    {
        Xunit.Assert.True(expected.Keys.SequenceEqual(actual.Keys), $"{what}: {string.Join(' ', actual.Keys)} instead of {string.Join(' ', expected.Keys)}");
        foreach ((string path, string content) in expected)
        {
            string other = actual[path];
            if (content != other)
            {
                int at = content.Zip(other).TakeWhile(static pair => pair.First == pair.Second).Count();
                int line = content.AsSpan(0, at).Count('\n') + 1;
                Xunit.Assert.Fail($"{what}: {path}, line {line}, byte {at}: {Around(content, at)} … {Around(other, at)}");
            }
        }
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 60)];
}
