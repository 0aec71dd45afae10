using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Rings;

/// <summary>
/// Records on their way from one thread to the next, in order, in 64-byte slots of native memory: written in place, published once a message, read in place
/// as one span of all that is there. A full ring makes the writer wait: nothing is ever dropped. One writer, one reader, no locks, by the protocol
/// of <see cref="Ring{TWait}"/>; the unit is a slot.
/// </summary>
/// <remarks>
/// The memory is mapped twice, back to back, so that neither side ever sees the end of the ring. Where the system refuses that, a claim or a span that meets
/// the end is shorter and the rest follows: a message may then come to the reader in two pieces, as one that is larger than the ring always does. A
/// reader puts such messages together by their LastInMessage flag.
/// </remarks>
/// <typeparam name="TWait">How both sides wait.</typeparam>
public sealed unsafe class RecordRing<TWait> : Ring<TWait>, IDisposable where TWait : struct, IWaitStrategy
{
    /// <summary>1 MiB: stays in a second-level cache, and takes most messages whole. Larger rings measured slower on cores that are near.</summary>
    public const int CapacityDefault = 1 << 14;

    /// <summary>A page of 4 KiB: the least that can be mapped twice.</summary>
    public const int CapacityMin = 64;

    // A message that is larger than the ring goes in this many pieces a lap, so that the reader takes one while the next is written.
    private const int PiecesPerLap = 4;

    private readonly bool _isMirrored;
    private Record* _slots;

    /// <summary>Writer: end of the slots it has claimed.</summary>
    private PaddedSequence _claimed;

    /// <summary>Reader: start of what it has not given back.</summary>
    private PaddedSequence _reading;

    /// <summary>Reserves the ring.</summary>
    /// <param name="wait">How both sides wait.</param>
    /// <param name="capacity">Slots, a power of two of at least <see cref="CapacityMin"/>.</param>
    /// <param name="mirror">False = as where the system refuses to map memory twice.</param>
    public RecordRing(TWait wait, int capacity = CapacityDefault, bool mirror = true)
        : base(wait, capacity)
    {
        if (!int.IsPow2(capacity) || capacity < CapacityMin || capacity > int.MaxValue / Record.SizeInBytes)
        {
            throw new ArgumentException($"the capacity must be a power of two from {CapacityMin} slots to 2^24, not {capacity}", nameof(capacity));
        }

        _slots = mirror ? (Record*)MirroredMemory.TryMap(capacity * Record.SizeInBytes) : null;
        _isMirrored = _slots != null;
        if (!_isMirrored)
        {
            _slots = (Record*)NativeMemory.AlignedAlloc((nuint)capacity * Record.SizeInBytes, PaddedSequence.PaddingBytes);

            // Touched now, so that no page is missing later.
            new Span<Record>(_slots, capacity).Clear();
        }
    }

    /// <summary>Frees memory that an owner forgot.</summary>
    ~RecordRing() => Free();

    /// <summary>
    /// Reader: whether a publication ends behind the next <paramref name="slots"/> slots, as far as it has looked. Publications end with whole messages, but for those
    /// larger than the ring.
    /// </summary>
    public bool EndsPublication(int slots) => _reading.Own + slots == Seen;

    /// <summary>
    /// Writer: waits for room and gives slots to be written in place, behind those claimed before. They hold old records. As many as asked for, except where a
    /// ring that could not be mapped twice ends. What was claimed and does not fit beside them is published first, as a piece. Empty when the reader has gone.
    /// </summary>
    /// <param name="slots">1 to <see cref="Ring{TWait}.Capacity"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<Record> Claim(int slots)
    {
        long start = _claimed.Own;
        int offset = (int)start & (Capacity - 1);
        if (!_isMirrored)
        {
            slots = Math.Min(slots, Capacity - offset);
        }

        long end = start + slots;
        if (end - Published > Capacity)
        {
            PublishPiece(slots);
        }

        if (!WaitForRoom(end))
        {
            return default;
        }

        _claimed.Keep(end);
        return new Span<Record>(_slots + offset, slots);
    }

    /// <summary>Writer: makes all slots claimed so far visible; they must have been written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish() => Publish(_claimed.Own);

    /// <summary>
    /// Writer: copies records behind those claimed before, and publishes none of them as long as they fit into the ring. False = the reader has gone.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Append(ReadOnlySpan<Record> records)
    {
        if (_isMirrored && records.Length <= Capacity)
        {
            Span<Record> slots = Claim(records.Length);
            if (slots.Length < records.Length)
            {
                return false;
            }

            records.CopyTo(slots);
            return true;
        }

        return AppendInPieces(records);
    }

    /// <summary>
    /// Reader: waits for records and gives all that are there, in place; they stay until they are given back. Empty when the writer has completed and everything was read.
    /// </summary>
    /// <exception cref="IOException">The writer has completed with a failure, and everything before was read.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<Record> Read()
    {
        long position = _reading.Own;
        if (!WaitForMore(position))
        {
            return default;
        }

        int offset = (int)position & (Capacity - 1);
        var slots = (int)(Seen - position);
        return new ReadOnlySpan<Record>(_slots + offset, _isMirrored ? slots : Math.Min(slots, Capacity - offset));
    }

    /// <summary>Reader: gives the first <paramref name="slots"/> of what it was given back to the writer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release(int slots)
    {
        long position = _reading.Own + slots;
        _reading.Keep(position);
        Consume(position);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AppendInPieces(ReadOnlySpan<Record> records)
    {
        // What fits is not published in pieces, but a ring that could not be mapped twice may give it in two.
        bool fits = records.Length <= Capacity;
        while (!records.IsEmpty)
        {
            Span<Record> slots = Claim(Math.Min(records.Length, fits ? Capacity : Capacity / PiecesPerLap));
            if (slots.IsEmpty)
            {
                return false;
            }

            records[..slots.Length].CopyTo(slots);
            records = records[slots.Length..];
            if (!fits)
            {
                Publish();
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PublishPiece(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, Capacity);
        Publish();
    }

    private void Free()
    {
        if (_isMirrored && _slots != null)
        {
            MirroredMemory.Free((byte*)_slots, Capacity * Record.SizeInBytes);
        }
        else
        {
            NativeMemory.AlignedFree(_slots);
        }

        _slots = null;
    }
}
