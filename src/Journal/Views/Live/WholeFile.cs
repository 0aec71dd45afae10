namespace Lob.Fast.Journal.Views.Live;

/// <summary>Small files that are replaced as a whole: whoever reads one finds the old content or the new, also behind a power cut.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, unless it has this content already.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path) && content.SequenceEqual(File.ReadAllBytes(path)))
        {
            return;
        }

        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        // A name of its own: views of other formats write the same file beside this one. A kill leaves it there, a small hidden file.
        string partial = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.lob-partial");
        using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }
}
