using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Lob.Fast.Baselines;

/// <summary>
/// Reads recordings line by line: <c>&lt;receive ns&gt; &lt;frame&gt;</c>, <c>&lt;receive ns&gt; @SYMBOL &lt;frame&gt;</c>, or a bare frame
/// (<c>.ndjson</c>). Files that end in <c>.gz</c> are unpacked as they are read.
/// </summary>
public static class RecordingReader
{
    /// <summary>All frames of the files, which in the order given are one recording.</summary>
    public static IEnumerable<RecordedFrame> Read(params string[] paths)
    {
        for (int file = 0; file < paths.Length; file++)
        {
            using StreamReader reader = Open(paths[file]);
            long line = 0;
            while (reader.ReadLine() is { } text)
            {
                yield return Frame(text, ++line, file);
            }
        }
    }

    private static StreamReader Open(string path)
    {
        Stream stream = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            stream = new GZipStream(stream, CompressionMode.Decompress);
        }

        return new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false);
    }

    // A frame never begins with a digit, so a line that does has its receive time before the first space.
    private static RecordedFrame Frame(string line, long number, int file)
    {
        long receivedAtNs = 0;
        string? symbol = null;
        if (line.Length > 0 && char.IsAsciiDigit(line[0]))
        {
            (string time, line) = Cut(line, number);
            receivedAtNs = long.Parse(time, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        if (line.StartsWith('@'))
        {
            (symbol, line) = Cut(line[1..], number);
        }

        return new RecordedFrame(Encoding.UTF8.GetBytes(line), receivedAtNs, symbol, Connection: 0, number, file);
    }

    private static (string Before, string After) Cut(string line, long number)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? throw new InvalidDataException($"line {number}: no space") : (line[..space], line[(space + 1)..]);
    }
}
