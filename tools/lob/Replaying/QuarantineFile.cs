using System.Globalization;
using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Replaying;

/// <summary>
/// Rejected frames as they came, one a line behind the reason, file, line and byte, in <c>quarantine.log</c> beside the journal. Capped: from then
/// on only the journal's FrameRejected records tell of them.
/// </summary>
internal sealed class QuarantineFile : IDisposable
{
    /// <summary>Two of the largest frames there can be.</summary>
    public const long BytesMax = 2L * Frame.BytesMax;

    private readonly string _path;
    private FileStream? _file;

    public QuarantineFile(string folder) => _path = Path.Combine(folder, "quarantine.log");

    public void Add(string source, in Frame frame, RejectReason reason, int faultByte)
    {
        _file ??= new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        string head = string.Create(CultureInfo.InvariantCulture, $"{reason} {source}:{frame.Line}:{frame.StartByte} byte {faultByte} ");
        if (_file.Length + head.Length + frame.Bytes.Length + 1 <= BytesMax)
        {
            _file.Write(Encoding.UTF8.GetBytes(head));
            _file.Write(frame.Bytes);
            _file.WriteByte((byte)'\n');
        }
    }

    public void Dispose() => _file?.Dispose();
}
