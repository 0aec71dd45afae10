using System.Globalization;
using Lob.Fast.Acceptance.Oracle;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>The recording of NKNUSDT with broken lines put in behind good ones: no good line is missing from it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">Line number, from 1, and byte in the file of each broken line, in order.</param>
/// <param name="Texts">What stands on those lines, without the receive time.</param>
internal sealed record BrokenRecording(string Path, IReadOnlyList<(int Line, long Byte)> Lines, IReadOnlyList<string> Texts)
{
    /// <summary>Good lines in front of the first broken one: the book is live there.</summary>
    public const int GoodLinesBefore = 100;

    /// <summary>Good lines from one broken line to the next.</summary>
    public const int GoodLinesBetween = 20;

    private const int LongBytes = 700 << 10;

    public static BrokenRecording Make(TemporaryFolder folder, params BrokenLine[] broken)
    {
        List<string> lines = [.. File.ReadLines(TestData.PathOf(BinanceRecordings.Nkn))];
        string[] frames = [.. broken.Select(line => FrameOf(line, lines))];
        int[] places = [.. broken.Select(static (_, index) => GoodLinesBefore + (index * (GoodLinesBetween + 1)))];
        for (int i = 0; i < frames.Length; i++)
        {
            string previous = lines[places[i] - 1].Split(' ')[0];
            lines.Insert(places[i], broken[i] == BrokenLine.Garbage ? frames[i] : $"{previous} {frames[i]}");
        }

        string path = folder.Write($"{string.Join('-', broken)}.rec", lines);
        return new BrokenRecording(path, [.. places.Select(place => (place + 1, ByteOf(lines, place)))], frames);
    }

    /// <summary>What the program says of a broken line.</summary>
    public string PlaceOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{Path}, line {Lines[index].Line}, byte ");

    private static long ByteOf(List<string> lines, int place)
    {
        long before = lines.Take(place).Sum(static line => (long)line.Length + 1);
        string line = lines[place];
        int time = char.IsAsciiDigit(line[0]) ? line.IndexOf(' ', StringComparison.Ordinal) + 1 : 0;
        return before + time;
    }

    private static string FrameOf(BrokenLine broken, List<string> lines)
    {
        string depth = FrameWith(lines, "nknusdt@depth@100ms");
        string ticker = FrameWith(lines, "nknusdt@bookTicker");
        return broken switch
        {
            BrokenLine.TruncatedDepth => depth[..(depth.Length / 2)],
            BrokenLine.TruncatedAndLong => depth[..^2] + new string(' ', LongBytes),
            BrokenLine.TruncatedTicker => ticker[..(ticker.Length / 2)],
            BrokenLine.Garbage => "what is this doing here",
            BrokenLine.Oversized => depth[..^2] + new string(' ', Frame.BytesMax) + "}}",
            _ => depth.Replace("\"u\":", "\"v\":", StringComparison.Ordinal),
        };
    }

    private static string FrameWith(List<string> lines, string stream)
    {
        string line = lines.First(line => line.Contains($"\"{stream}\"", StringComparison.Ordinal));
        return line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }
}
