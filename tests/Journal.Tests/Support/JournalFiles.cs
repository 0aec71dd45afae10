namespace Lob.Fast.Journal.Tests.Support;

/// <summary>The files of journals.</summary>
internal static class JournalFiles
{
    /// <summary>Copies the segments of a journal as they are now.</summary>
    public static void Copy(string from, string to)
    {
        _ = Directory.CreateDirectory(to);
        foreach (string path in Directory.EnumerateFiles(from, "*" + JournalFolder.SegmentExtension + "*"))
        {
            File.Copy(path, Path.Combine(to, Path.GetFileName(path)), overwrite: true);
        }
    }
}
