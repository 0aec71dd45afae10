using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Pipeline;

/// <summary>One message of a venue, as bytes, with what is known about its arrival. Lives on the stack of the thread that decodes it.</summary>
public readonly ref struct Frame
{
    /// <summary>Most bytes of one frame. The largest real one is about 5 MB (a Coinbase snapshot of 46,000 levels); longer ones are rejected.</summary>
    public const int BytesMax = 8 * 1024 * 1024;

    /// <summary>The frame itself, without line end.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Symbol that the recording names for a REST answer (<c>@SYMBOL</c>); empty = none.</summary>
    public ReadOnlySpan<byte> Symbol { get; init; }

    /// <summary>Receive time, Unix ns; 0 = the recording has none.</summary>
    public long ReceivedAtNs { get; init; }

    /// <summary>Line in the recording, from 1; 0 = live.</summary>
    public long Line { get; init; }

    /// <summary>Byte of the (uncompressed) recording at which the frame starts.</summary>
    public long StartByte { get; init; }

    /// <summary>Which of the recording's files, from 0.</summary>
    public ushort FileIndex { get; init; }

    /// <summary>Connection the frame came by, from 0.</summary>
    public ushort Connection { get; init; }

    /// <summary>None = a frame. Else there is no text: what happened to the connection, in its place between the frames.</summary>
    public ConnectionEvent Event { get; init; }
}
