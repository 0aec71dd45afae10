using System.Buffers.Text;
using System.IO.Compression;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Recordings;

/// <summary>
/// Reads recorded frames, one a line, from files that together are one recording, in the order given. A line is <c>RECEIVE-NS FRAME</c>,
/// <c>RECEIVE-NS @SYMBOL FRAME</c> or a bare frame that begins with <c>{</c> or <c>[</c>; it ends with LF or CR LF. Files compressed with gzip are recognised by
/// their first bytes. Bad content never throws: such a line comes out with its reason. Nothing is allocated a line.
/// <code>
/// using RecordingReader reader = new(["a.rec.gz", "b.rec.gz"]);
/// while (reader.TryRead(out RecordedLine line)) { … }
/// </code>
/// </summary>
public sealed class RecordingReader : IDisposable
{
    /// <summary>Bytes of an oversized line that are kept.</summary>
    public const int PrefixBytes = 4096;

    // Longest text before a frame: a time of 19 digits, a blank, "@", a symbol as long as a record holds, a blank; and CR, which is no part of the frame.
    private const int AroundFrameBytes = 19 + 1 + 1 + Text40.BytesMax + 1 + 1;
    private const int LineBytesMax = Frame.BytesMax + AroundFrameBytes;
    private const int BufferBytesInitial = 1 << 20;

    // Readable bytes behind the last line, for readers that load whole vectors.
    private const int SlackBytes = 64;

    // 2000-01-01 and 2200-01-01, Unix ns.
    private const long TimeNsMin = 946_684_800_000_000_000;
    private const long TimeNsMax = 7_258_118_400_000_000_000;

    private readonly IReadOnlyList<string> _paths;
    private byte[] _buffer = new byte[BufferBytesInitial];
    private Stream? _stream;

    // The bytes read and not yet taken are _buffer[_start.._end]; _startByte is where _start stands in the uncompressed file.
    private int _start;
    private int _end;
    private long _startByte;
    private long _line;
    private int _file = -1;

    // Without this switch the platform takes a compressed file that was cut off for a complete one, and says nothing. It reads the switch once, at
    // its first use in the process (seen with .NET 10.0.12 and 9.0.20, 2026-11-20).
    static RecordingReader() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>A reader before the first line of the first file. Files are opened when their turn comes.</summary>
    /// <exception cref="FileNotFoundException">One of the files is not there: better told now than after an hour.</exception>
    public RecordingReader(IReadOnlyList<string> paths)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(paths.Count, ushort.MaxValue);
        foreach (string path in paths)
        {
            if (!File.Exists(path))
            {
                throw new FileNotFoundException($"recording not found: {path}", path);
            }
        }

        _paths = paths;
    }

    /// <summary>Path of the file that the last line came from; empty before the first.</summary>
    public string Path => _file < 0 || _file >= _paths.Count ? "" : _paths[_file];

    /// <summary>Reads the next line.</summary>
    /// <returns>False = the recording has ended.</returns>
    /// <exception cref="InvalidDataException">
    /// A compressed file ends early or is damaged; the message names the file and the uncompressed byte up to which it could be read. All lines before
    /// that have been returned.
    /// </exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public bool TryRead(out RecordedLine line)
    {
        while (true)
        {
            if (_stream is null && !OpenNext())
            {
                line = default;
                return false;
            }

            int searched = 0;
            while (true)
            {
                int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
                if (length >= 0)
                {
                    line = Take(searched + length, 1);
                    return true;
                }

                searched = _end - _start;
                if (searched > LineBytesMax)
                {
                    line = TakeOversized();
                    return true;
                }

                if (!Fill())
                {
                    break;
                }
            }

            bool last = searched > 0;
            line = last ? Take(searched, 0) : default;
            _stream?.Dispose();
            _stream = null;
            if (last)
            {
                return true;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
        _file = _paths.Count;
    }

    private bool OpenNext()
    {
        if (_file + 1 >= _paths.Count)
        {
            return false;
        }

        _file++;
        _start = 0;
        _end = 0;
        _startByte = 0;
        _line = 0;

        // A buffer of our own follows; the stream needs none. (1 = none.)
        FileStream file = new(_paths[_file], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
        Span<byte> magic = stackalloc byte[2];
        bool compressed = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic is [0x1F, 0x8B];
        file.Position = 0;
        _stream = compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        if (Fill() && _buffer.AsSpan(0, _end) is [0xEF, 0xBB, 0xBF, ..])
        {
            // A byte order mark is no part of the first line.
            _start = 3;
            _startByte = 3;
        }

        return true;
    }

    // Reads more bytes behind those that are left. False = the file has ended.
    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end + SlackBytes >= _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int count;
        try
        {
            count = _stream!.Read(_buffer, _end, _buffer.Length - SlackBytes - _end);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{Path}: the compressed data is damaged or ends early behind uncompressed byte {_startByte + _end}: {fault.Message}", fault);
        }

        _end += count;
        return count > 0;
    }

    // The next length bytes are a line, and behind them stands an end of line of that many bytes.
    private RecordedLine Take(int length, int lineEnd)
    {
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, length);
        long startByte = _startByte;
        _start += length + lineEnd;
        _startByte += length + lineEnd;
        _line++;
        return Split(bytes, startByte);
    }

    // A line that does not fit: its first bytes are kept, the rest is read and dropped.
    private RecordedLine TakeOversized()
    {
        byte[] prefix = _buffer.AsSpan(_start, PrefixBytes).ToArray();
        long startByte = _startByte;
        int lineEnd = -1;
        do
        {
            _startByte += _end - _start;
            _start = _end;
        }
        while (Fill() && (lineEnd = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0);

        long length = _startByte - startByte;
        if (lineEnd >= 0)
        {
            length += lineEnd;
            _start += lineEnd + 1;
            _startByte += lineEnd + 1;
        }

        _line++;
        return Bad(prefix, startByte, length, RejectReason.Oversized, Frame.BytesMax);
    }

    private RecordedLine Split(ReadOnlySpan<byte> line, long startByte)
    {
        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        if (line.IsEmpty)
        {
            return Bad(line, startByte, 0, RejectReason.Empty, 0);
        }

        int at = 0;
        long receivedAtNs = 0;
        ReadOnlySpan<byte> symbol = default;
        if (line[0] is not ((byte)'{' or (byte)'['))
        {
            if (!Utf8Parser.TryParse(line, out receivedAtNs, out at) || line[0] is (byte)'-' or (byte)'+' || at == line.Length || line[at] != (byte)' ')
            {
                return Bad(line, startByte, line.Length, RejectReason.BadLine, at);
            }

            if (receivedAtNs is < TimeNsMin or >= TimeNsMax)
            {
                return Bad(line, startByte, line.Length, RejectReason.ImpossibleValue, 0);
            }

            at++;
            if (at < line.Length && line[at] == (byte)'@')
            {
                int length = line[(at + 1)..].IndexOf((byte)' ');
                if (length is < 1 or > Text40.BytesMax)
                {
                    return Bad(line, startByte, line.Length, RejectReason.BadLine, at);
                }

                symbol = line.Slice(at + 1, length);
                at += length + 2;
            }
        }

        ReadOnlySpan<byte> frame = line[at..];
        bool fits = frame.Length <= Frame.BytesMax;
        RejectReason reason = !fits ? RejectReason.Oversized : frame.IsEmpty ? RejectReason.Empty : RejectReason.None;
        return new RecordedLine
        {
            Frame = new Frame
            {
                Bytes = fits ? frame : frame[..PrefixBytes],
                Symbol = symbol,
                ReceivedAtNs = receivedAtNs,
                Line = _line,
                StartByte = startByte + at,
                FileIndex = (ushort)_file,
            },
            Reason = reason,
            FaultByte = fits ? 0 : Frame.BytesMax,
            Length = frame.Length,
        };
    }

    private RecordedLine Bad(ReadOnlySpan<byte> bytes, long startByte, long length, RejectReason reason, int faultByte) => new()
    {
        Frame = new Frame { Bytes = bytes, Line = _line, StartByte = startByte, FileIndex = (ushort)_file },
        Reason = reason,
        FaultByte = faultByte,
        Length = length,
    };
}
