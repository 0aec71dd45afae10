using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Venues.Live;

/// <summary>One writer's way into the engine: a frame ring of its own. The socket of a connection has one, the REST answers that belong to it another.</summary>
internal sealed class RingTarget : IFrameTarget, IAnswerTarget, IDisposable
{
    private readonly WakeGate _gate;

    public RingTarget(ushort connection, string name, int capacityBytes, WakeGate gate)
    {
        Connection = connection;
        Name = name;
        _gate = gate;
        Ring = new FrameRing<ParkWaitStrategy>(default, capacityBytes);
    }

    public ushort Connection { get; }

    public string Name { get; }

    public FrameRing<ParkWaitStrategy> Ring { get; }

    /// <inheritdoc/>
    public void Opened(long atNs) => Write(new Frame { Bytes = [], ReceivedAtNs = atNs, Connection = Connection, Event = ConnectionEvent.Opened });

    /// <inheritdoc/>
    public void Closed(long atNs) => Write(new Frame { Bytes = [], ReceivedAtNs = atNs, Connection = Connection, Event = ConnectionEvent.Closed });

    /// <inheritdoc/>
    public void Frame(ReadOnlySpan<byte> frame, long receivedAtNs) =>
        Write(new Frame { Bytes = frame, ReceivedAtNs = receivedAtNs, Connection = Connection });

    /// <inheritdoc/>
    public void Answer(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> body, long receivedAtNs) =>
        Write(new Frame { Bytes = body, Symbol = symbol, ReceivedAtNs = receivedAtNs, Connection = Connection });

    /// <inheritdoc/>
    public void Dispose() => Ring.Dispose();

    private void Write(in Frame frame)
    {
        int room = Ring.FrameBytesMax - frame.Symbol.Length;
        if (frame.Bytes.Length <= room)
        {
            _ = Ring.Write(frame);
        }
        else
        {
            // Told to the engine as far as it fits, so that it is counted, journaled as rejected, and its books are mended.
            var cut = new Frame { Bytes = frame.Bytes[..room], Symbol = frame.Symbol, ReceivedAtNs = frame.ReceivedAtNs, Connection = frame.Connection };
            _ = Ring.Write(cut, RejectReason.Oversized, room);
        }

        _gate.Signal();
    }
}
