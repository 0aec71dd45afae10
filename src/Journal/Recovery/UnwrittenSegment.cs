using Lob.Fast.Journal.Format;

namespace Lob.Fast.Journal.Recovery;

/// <summary>
/// A segment that has its name and its size, but whose header never reached the disk: what a power cut just after a roll leaves where nothing is
/// synced. It tells nothing, not even how many records it holds, so it counts as one that was never put in place. Only as the last of a journal, and
/// only if its whole header page is zero: everything else is damage.
/// </summary>
internal static class UnwrittenSegment
{
    /// <summary>The segments of a folder without a last one that was never written.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="unwritten">Path of that last one; null = there is none.</param>
    public static IReadOnlyList<int> Without(string folder, out string? unwritten)
    {
        IReadOnlyList<int> numbers = JournalFolder.SegmentNumbers(folder);
        unwritten = null;
        if (numbers.Count > 0 && Is(folder, numbers[^1]))
        {
            unwritten = JournalFolder.SegmentPath(folder, numbers[^1]);
            return [.. numbers.SkipLast(1)];
        }

        return numbers;
    }

    /// <summary>The same for those who only read: a folder that holds nothing else is no journal, and opening what it holds says why.</summary>
    public static IReadOnlyList<int> WithoutUnlessAlone(string folder, out string? unwritten)
    {
        IReadOnlyList<int> numbers = Without(folder, out unwritten);
        if (numbers.Count > 0 || unwritten is null)
        {
            return numbers;
        }

        unwritten = null;
        return JournalFolder.SegmentNumbers(folder);
    }

    /// <summary>Whether the header page of a segment is there and all zero.</summary>
    public static bool Is(string folder, int number)
    {
        Span<byte> header = stackalloc byte[SegmentLayout.HeaderBytes];
        try
        {
            using FileStream file = new(
                JournalFolder.SegmentPath(folder, number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && !header.ContainsAnyExcept((byte)0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Opening it as a segment meets the same, and says so.
            return false;
        }
    }
}
