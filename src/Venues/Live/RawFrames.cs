using System.Buffers;
using System.Globalization;
using Lob.Fast.Engine.Pipeline;
using Microsoft.Extensions.Logging;

namespace Lob.Fast.Venues.Live;

/// <summary>
/// The frames of one connection as they came, in the order in which the engine took them, one a line: <c>&lt;receive ns&gt; &lt;frame&gt;</c>, answers of REST as
/// <c>&lt;receive ns&gt; @SYMBOL &lt;frame&gt;</c>. What <c>lob replay</c> reads. Decoding thread only.
/// </summary>
internal sealed partial class RawFrames : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private readonly string _path;
    private readonly long _bytesMax;
    private readonly ILogger _log;
    private readonly FileStream _file;
    private byte[] _oneLine = [];
    private bool _isFull;

    /// <summary>Opens the file at its end, or a new one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public RawFrames(string folder, string connection, long bytesMax, ILogger log)
    {
        _ = Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, connection.Replace('/', '-') + ".rec");
        _bytesMax = bytesMax;
        _log = log;
        _file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, BufferBytes);
    }

    /// <summary>Adds a frame.</summary>
    public void Add(in Frame frame)
    {
        if (_isFull)
        {
            return;
        }

        Span<byte> time = stackalloc byte[20];
        _ = frame.ReceivedAtNs.TryFormat(time, out int digits, provider: CultureInfo.InvariantCulture);
        if (_file.Position + digits + frame.Symbol.Length + frame.Bytes.Length + 4 > _bytesMax)
        {
            _isFull = true;
            Full(_log, _path, _bytesMax);
            return;
        }

        _file.Write(time[..digits]);
        _file.WriteByte((byte)' ');
        if (!frame.Symbol.IsEmpty)
        {
            _file.WriteByte((byte)'@');
            _file.Write(frame.Symbol);
            _file.WriteByte((byte)' ');
        }

        _file.Write(OnOneLine(frame.Bytes));
        _file.WriteByte((byte)'\n');
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // In JSON a line end can only be white space between tokens.
    private ReadOnlySpan<byte> OnOneLine(ReadOnlySpan<byte> frame)
    {
        if (frame.IndexOfAny(LineEnds) < 0)
        {
            return frame;
        }

        if (_oneLine.Length < frame.Length)
        {
            _oneLine = new byte[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)frame.Length)];
        }

        frame.CopyTo(_oneLine);
        Span<byte> line = _oneLine.AsSpan(0, frame.Length);
        line.Replace((byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        return line;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: the file has reached {BytesMax} bytes and ends here; the journal goes on")]
    private static partial void Full(ILogger log, string path, long bytesMax);
}
