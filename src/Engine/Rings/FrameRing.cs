using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Rings;

/// <summary>
/// Frames on their way from one reading thread to the one decoding thread, in order, each contiguous in memory. A full ring makes the writer
/// wait: nothing is ever dropped. One writer, one reader, no locks, by the protocol of <see cref="Ring{TWait}"/>; the unit is a byte.
/// </summary>
/// <typeparam name="TWait">How both sides wait.</typeparam>
public sealed unsafe class FrameRing<TWait> : Ring<TWait>, IDisposable where TWait : struct, IWaitStrategy
{
    /// <summary>Room for two of the largest frames and as much again, so that a large one never has to wait for an empty ring.</summary>
    public const int CapacityDefault = 4 * Frame.BytesMax;

    /// <summary>Bytes behind every frame that may be read (not interpreted): vector decoders load past the end.</summary>
    public const int ReadableBehind = 64;

    private const int CapacityMin = 4096;
    private const int Alignment = 8;
    private const int EndOfRing = -1;

    private byte* _memory;

    /// <summary>Reader: end of the frame it was given.</summary>
    private PaddedSequence _readingEnd;

    /// <summary>Reserves the ring. The capacity is a power of two, at least twice the largest frame that will come.</summary>
    public FrameRing(TWait wait, int capacity = CapacityDefault)
        : base(wait, capacity)
    {
        if (!int.IsPow2(capacity) || capacity < CapacityMin)
        {
            throw new ArgumentException($"the capacity must be a power of two of at least {CapacityMin} bytes, not {capacity}", nameof(capacity));
        }

        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)capacity + ReadableBehind, 64);
        NativeMemory.Clear(_memory + capacity, ReadableBehind);
    }

    /// <summary>Frees memory that an owner forgot.</summary>
    ~FrameRing() => NativeMemory.AlignedFree(_memory);

    /// <summary>Longest frame (symbol included) that fits.</summary>
    public int FrameBytesMax => (Capacity / 2) - sizeof(Entry);

    /// <summary>
    /// Writer: copies a frame into the ring, waiting while it is full. Returns false when the reader has gone and nothing will be read any more.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="fault">None, or why the reader of the recording could not take the line as a frame.</param>
    /// <param name="faultByte">Byte at which that was seen.</param>
    public bool Write(in Frame frame, RejectReason fault = RejectReason.None, int faultByte = 0)
    {
        int bytes = Align(sizeof(Entry) + frame.Symbol.Length + frame.Bytes.Length);
        if (bytes > Capacity / 2)
        {
            throw new ArgumentException($"a frame of {frame.Bytes.Length} bytes does not fit a ring whose longest is {FrameBytesMax}", nameof(frame));
        }

        if (IsAbandoned)
        {
            return false;
        }

        long start = Published;
        int offset = (int)(start & (Capacity - 1));
        int toEnd = Capacity - offset;
        int skipped = bytes > toEnd ? toEnd : 0;
        if (!WaitForRoom(start + skipped + bytes))
        {
            return false;
        }

        if (skipped > 0)
        {
            // The rest of the ring is too short: leave a mark and go on at its start.
            ((Entry*)(_memory + offset))->FrameLength = EndOfRing;
            start += skipped;
            offset = 0;
        }

        var entry = (Entry*)(_memory + offset);
        *entry = new Entry
        {
            ReceivedAtNs = frame.ReceivedAtNs,
            Line = frame.Line,
            StartByte = frame.StartByte,
            FrameLength = frame.Bytes.Length,
            SymbolLength = (ushort)frame.Symbol.Length,
            FileIndex = frame.FileIndex,
            Connection = frame.Connection,
            Event = frame.Event,
            Fault = fault,
            FaultByte = faultByte,
        };
        byte* body = (byte*)(entry + 1);
        frame.Symbol.CopyTo(new Span<byte>(body, frame.Symbol.Length));
        frame.Bytes.CopyTo(new Span<byte>(body + frame.Symbol.Length, frame.Bytes.Length));
        Publish(start + bytes);
        return true;
    }

    /// <summary>
    /// Reader: waits for the next frame. It stays valid until the next call. False when the writer has completed and everything was read.
    /// </summary>
    /// <param name="frame">The frame, in the ring's memory.</param>
    /// <param name="fault">None, or why it is not one.</param>
    /// <param name="faultByte">Byte at which that was seen.</param>
    public bool Read(out Frame frame, out RejectReason fault, out int faultByte) => Read(wait: true, out frame, out fault, out faultByte);

    /// <summary>Reader: the same without waiting, for one who reads several rings in turn. False = there is none now.</summary>
    /// <inheritdoc cref="Read(out Frame, out RejectReason, out int)"/>
    public bool TryRead(out Frame frame, out RejectReason fault, out int faultByte) => Read(wait: false, out frame, out fault, out faultByte);

    /// <summary>Reader: the receive time of the frame that <see cref="TryRead"/> would give, Unix ns; long.MaxValue = there is none now. The frame read before is given back.</summary>
    public long NextReceivedAtNs()
    {
        long position = _readingEnd.Own;
        Consume(position);
        while (HasMore(position))
        {
            int offset = (int)(position & (Capacity - 1));
            var entry = (Entry*)(_memory + offset);
            if (entry->FrameLength != EndOfRing)
            {
                return entry->ReceivedAtNs;
            }

            position += Capacity - offset;
        }

        return long.MaxValue;
    }

    private bool Read(bool wait, out Frame frame, out RejectReason fault, out int faultByte)
    {
        long position = _readingEnd.Own;
        Consume(position);
        int offset;
        while (true)
        {
            if (!(wait ? WaitForMore(position) : HasMore(position)))
            {
                frame = default;
                fault = RejectReason.None;
                faultByte = 0;
                return false;
            }

            offset = (int)(position & (Capacity - 1));
            if (((Entry*)(_memory + offset))->FrameLength != EndOfRing)
            {
                break;
            }

            position += Capacity - offset;
        }

        var entry = (Entry*)(_memory + offset);
        byte* body = (byte*)(entry + 1);
        frame = new Frame
        {
            Symbol = new ReadOnlySpan<byte>(body, entry->SymbolLength),
            Bytes = new ReadOnlySpan<byte>(body + entry->SymbolLength, entry->FrameLength),
            ReceivedAtNs = entry->ReceivedAtNs,
            Line = entry->Line,
            StartByte = entry->StartByte,
            FileIndex = entry->FileIndex,
            Connection = entry->Connection,
            Event = entry->Event,
        };
        fault = entry->Fault;
        faultByte = entry->FaultByte;
        _readingEnd.Keep(position + Align(sizeof(Entry) + entry->SymbolLength + entry->FrameLength));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Align(int bytes) => (bytes + Alignment - 1) & -Alignment;

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public long ReceivedAtNs;
        public long Line;
        public long StartByte;
        public int FrameLength;
        public ushort SymbolLength;
        public ushort FileIndex;
        public ushort Connection;
        public RejectReason Fault;
        public ConnectionEvent Event;
        public int FaultByte;
    }
}
