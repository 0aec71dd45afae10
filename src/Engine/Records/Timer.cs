using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// Time as an input: the header's ReceivedAtNs is the moment. The Code is a <see cref="TimerEvent"/>. From a recording at most one stands
/// between two frames, at the last whole second crossed.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct Timer : IRecord
{
    /// <summary>Common part; the stream id is 0.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Timer;
}
