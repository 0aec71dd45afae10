using System.IO.Compression;
using System.Text;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Recordings;

public sealed class RecordingReaderTests : IDisposable
{
    private const string Time = "1723161255030314667";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lob-recordings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Three_forms_of_lines()
    {
        string path = Write("a.rec", $"{Time} {{\"a\":1}}\n{Time} @BTCUSDT {{\"b\":2}}\r\n{{\"c\":3}}\n[4]\n  ");
        Assert.Equal(
            [
                $"None {Time} '' {{\"a\":1}} line 1 byte 20 file 0",
                $"None {Time} 'BTCUSDT' {{\"b\":2}} line 2 byte 57 file 0",
                "None 0 '' {\"c\":3} line 3 byte 66 file 0",
                "None 0 '' [4] line 4 byte 74 file 0",
                "BadLine 0 ''    line 5 byte 78 file 0",
            ],
            ReadAll(path));
    }

    [Theory]
    [InlineData("hello", RejectReason.BadLine, 0)]
    [InlineData("-5 {}", RejectReason.BadLine, 2)]
    [InlineData("1723161255030314667", RejectReason.BadLine, 19)]
    [InlineData("1723161255030314667{}", RejectReason.BadLine, 19)]
    [InlineData("99999999999999999999 {}", RejectReason.BadLine, 0)]
    [InlineData("1723161255030314667 @ {}", RejectReason.BadLine, 20)]
    [InlineData("1723161255030314667 @BTCUSDT", RejectReason.BadLine, 20)]
    [InlineData("1723161255030314667 @0123456789012345678901234567890123456789x {}", RejectReason.BadLine, 20)]
    [InlineData("1723161255 {}", RejectReason.ImpossibleValue, 0)]
    [InlineData("9223372036854775807 {}", RejectReason.ImpossibleValue, 0)]
    [InlineData("1723161255030314667 ", RejectReason.Empty, 0)]
    [InlineData("", RejectReason.Empty, 0)]
    [InlineData("\r", RejectReason.Empty, 0)]
    public void Malformed_lines_come_out_with_their_reason_and_the_next_line_is_read(string text, RejectReason reason, int faultByte)
    {
        using RecordingReader reader = new([Write("a.rec", $"{text}\n{Time} {{}}\n")]);
        Assert.True(reader.TryRead(out RecordedLine line));
        Assert.Equal((reason, faultByte), (line.Reason, line.FaultByte));
        Assert.True(reader.TryRead(out line));
        Assert.Equal((RejectReason.None, 2L), (line.Reason, line.Frame.Line));
        Assert.False(reader.TryRead(out _));
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void Several_files_are_one_recording_compressed_or_not_whatever_their_names()
    {
        string first = Write("first.txt", "{\"a\":1}\n{\"a\":2}");
        string second = WriteCompressed("second.rec", "{\"b\":1}\n", "{\"b\":2}\n");
        string third = Write("empty.rec.gz", "");
        string fourth = Write("bom.rec", "\uFEFF{\"c\":1}\n");
        Assert.Equal(
            [
                "None 0 '' {\"a\":1} line 1 byte 0 file 0", "None 0 '' {\"a\":2} line 2 byte 8 file 0",
                "None 0 '' {\"b\":1} line 1 byte 0 file 1", "None 0 '' {\"b\":2} line 2 byte 8 file 1",
                "None 0 '' {\"c\":1} line 1 byte 3 file 3",
            ],
            ReadAll(first, second, third, fourth));
    }

    [Fact]
    public void Frames_up_to_the_limit_are_read_and_longer_ones_reported()
    {
        string longest = "{" + new string(' ', Frame.BytesMax - 2) + "}";
        string path = Write("a.rec", $"{Time} @BTCUSDT {longest}\r\n{Time} {longest} \n{Time} {longest}{longest}{longest}\n{longest}{longest}{longest}\n{{}}\n");
        using RecordingReader reader = new([path]);
        Assert.True(reader.TryRead(out RecordedLine line));
        Assert.Equal((RejectReason.None, Frame.BytesMax), (line.Reason, line.Frame.Bytes.Length));
        foreach ((long length, int lineNumber) in (ReadOnlySpan<(long, int)>)
                 [(Frame.BytesMax + 1, 2), (20 + (3L * Frame.BytesMax), 3), (3L * Frame.BytesMax, 4)])
        {
            Assert.True(reader.TryRead(out line));
            Assert.Equal((RejectReason.Oversized, length, lineNumber), (line.Reason, line.Length, line.Frame.Line));
            Assert.Equal(RecordingReader.PrefixBytes, line.Frame.Bytes.Length);
        }

        Assert.True(reader.TryRead(out line));
        Assert.Equal((RejectReason.None, 5L, 2), (line.Reason, line.Frame.Line, line.Frame.Bytes.Length));
        Assert.Equal(new FileInfo(path).Length - 3, line.Frame.StartByte);
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void A_cut_or_damaged_compressed_file_ends_with_an_error_that_names_file_and_byte()
    {
        StringBuilder text = new();
        Random random = new(1);
        for (int line = 0; line < 20_000; line++)
        {
            text.Append(Time).Append(" {\"n\":").Append(random.NextInt64()).Append("}\n");
        }

        string whole = WriteCompressed("whole.rec.gz", text.ToString());
        byte[] bytes = File.ReadAllBytes(whole);
        foreach (int length in new[] { bytes.Length / 2, bytes.Length - 1, bytes.Length - 9 })
        {
            string path = Path.Combine(_folder.FullName, "cut.rec.gz");
            File.WriteAllBytes(path, bytes[..length]);
            CheckError(path, text.ToString());
        }

        string damaged = Path.Combine(_folder.FullName, "damaged.rec.gz");
        bytes[bytes.Length / 2] ^= 0xFF;
        bytes[(bytes.Length / 2) + 1] ^= 0xFF;
        File.WriteAllBytes(damaged, bytes);
        Assert.ThrowsAny<InvalidDataException>(() => ReadAll(damaged));
    }

    [Fact]
    public void A_missing_file_is_told_before_the_first_is_read()
    {
        FileNotFoundException fault = Assert.Throws<FileNotFoundException>(() => new RecordingReader([Write("a.rec", "{}"), "/nowhere/b.rec"]));
        Assert.Contains("/nowhere/b.rec", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{}}\n{\"data\":{},\"stream\":\"BTCUSDT@depth20\"}\n{\"stream\":\"ethusdt@trade\",\"data\":{}}", "BTCUSDT")]
    [InlineData("{\"e\":\"depthUpdate\",\"s\":\"BTCUSDT\"}\nnonsense depth\n{\"depth\":", "BTCUSDT")]
    [InlineData("{\"stream\":\"btcusdt@depth\",\"data\":{}}\n{\"stream\":\"ethusdt@depth\",\"data\":{}}", null)]
    [InlineData("{\"stream\":\"btcusdt@depth\",\"data\":{}}\n{\"stream\":\"ethusdt@d\\u0065pth\",\"data\":{}}", null)]
    [InlineData("{\"stream\":\"btcusdt@depth\",\"data\":{}}\n{\"e\":\"depthUpdate\",\"s\":\"ETHUSDT\"}", null)]
    [InlineData("{\"stream\":\"btcusdt@trade\",\"data\":{}}", null)]
    [InlineData("", null)]
    public void The_only_depth_symbol_of_a_recording(string text, string? symbol) => Assert.Equal(symbol, DepthSymbolScan.OnlySymbol([Write("a.ndjson", text)]));

    private void CheckError(string path, string text)
    {
        using RecordingReader reader = new([path]);
        int lines = 0;
        string message = "";
        try
        {
            while (reader.TryRead(out RecordedLine line))
            {
                Assert.Equal(RejectReason.None, line.Reason);
                lines++;
            }
        }
        catch (InvalidDataException fault)
        {
            message = fault.Message;
        }

        Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
        Assert.Matches("uncompressed byte [0-9]+", message);
        Assert.InRange(lines, 1, text.Count(static letter => letter == '\n'));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string WriteCompressed(string name, params string[] members)
    {
        string path = Path.Combine(_folder.FullName, name);
        using FileStream file = File.Create(path);
        foreach (string member in members)
        {
            using GZipStream stream = new(file, CompressionLevel.Fastest, leaveOpen: true);
            stream.Write(Encoding.UTF8.GetBytes(member));
        }

        return path;
    }

    private static List<string> ReadAll(params string[] paths)
    {
        using RecordingReader reader = new(paths);
        List<string> lines = [];
        while (reader.TryRead(out RecordedLine line))
        {
            Frame frame = line.Frame;
            lines.Add($"{line.Reason} {frame.ReceivedAtNs} '{Encoding.ASCII.GetString(frame.Symbol)}' {Encoding.UTF8.GetString(frame.Bytes)} "
                + $"line {frame.Line} byte {frame.StartByte} file {frame.FileIndex}");
        }

        return lines;
    }
}
