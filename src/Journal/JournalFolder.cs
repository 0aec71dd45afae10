using System.Globalization;

namespace Lob.Fast.Journal;

/// <summary>Names of the files in a journal's folder.</summary>
public static class JournalFolder
{
    /// <summary>End of a segment's name.</summary>
    public const string SegmentExtension = ".lobj";

    /// <summary>Added to the name of a segment that is not complete yet.</summary>
    public const string TemporaryExtension = ".tmp";

    /// <summary>Held open and locked by the one writer. Empty; stays when the writer is gone.</summary>
    public const string LockName = "writer.lock";

    private const int NumberDigits = 8;

    /// <summary>Highest segment number: eight digits.</summary>
    public const int SegmentNumberMax = 99_999_999;

    /// <summary>Path of a segment.</summary>
    public static string SegmentPath(string folder, int number) =>
        Path.Combine(folder, number.ToString("D8", CultureInfo.InvariantCulture) + SegmentExtension);

    /// <summary>Whether the folder exists and holds at least one segment.</summary>
    public static bool HasSegments(string folder) => Directory.Exists(folder) && SegmentNumbers(folder).Count > 0;

    /// <summary>Numbers of the segments in the folder, ascending. Other files are ignored.</summary>
    public static IReadOnlyList<int> SegmentNumbers(string folder)
    {
        List<int> numbers = [];
        foreach (string path in Directory.EnumerateFiles(folder, "*" + SegmentExtension))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (name.Length == NumberDigits && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }

    /// <summary>Paths of segments that were being built when their writer was killed.</summary>
    public static IReadOnlyList<string> TemporaryFiles(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + SegmentExtension + TemporaryExtension).Order(StringComparer.Ordinal)];
}
