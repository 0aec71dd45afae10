using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro;

/// <summary>A recording of the repository in memory, unpacked: what is measured is the work on its frames, not reading them.</summary>
internal sealed class MicroRecording
{
    // Decoders may load past a frame's end; the same slack as in the frame ring.
    private const int Slack = 64;

    private readonly byte[] _bytes;
    private readonly (int Start, int Length, long ReceivedAtNs)[] _frames;

    private MicroRecording(string path)
    {
        using var reader = new RecordingReader([path]);
        using var bytes = new MemoryStream();
        var frames = new List<(int, int, long)>();
        while (reader.TryRead(out RecordedLine line))
        {
            if (line.Reason == RejectReason.None)
            {
                frames.Add(((int)bytes.Length, line.Frame.Bytes.Length, line.Frame.ReceivedAtNs));
                bytes.Write(line.Frame.Bytes);
            }
        }

        bytes.Write(new byte[Slack]);
        _bytes = bytes.ToArray();
        _frames = [.. frames];
    }

    /// <summary>Frames.</summary>
    public int Count => _frames.Length;

    public Frame this[int index] => new()
    {
        Bytes = _bytes.AsSpan(_frames[index].Start, _frames[index].Length),
        ReceivedAtNs = _frames[index].ReceivedAtNs,
        Line = index + 1,
    };

    /// <summary>A file of <c>tests/data</c>, which is looked for on the way up from the program.</summary>
    public static MicroRecording Load(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "data", file);
            if (File.Exists(path))
            {
                return new MicroRecording(path);
            }
        }

        throw new FileNotFoundException($"no tests/data/{file} on the way up from {AppContext.BaseDirectory}");
    }
}
