using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// Opens the whole book as the logic holds it: bids best first, then asks best first, as LevelSet records. A reader starts here and never
/// bridges. Derived after a bridge; in a checkpoint for every book stream.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct BookImage : IRecord
{
    /// <summary>Common part; VenueTimeNs is the event time of the last message applied.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Sequence of the last message applied; <see cref="Sequence.None"/>.</summary>
    [FieldOffset(24)] public long LastSequence;

    /// <summary>Lowest price the book is sure of, ticks; <see cref="PriceRange.Unbounded"/> values where nothing is cut off.</summary>
    [FieldOffset(32)] public long KnownLowTicks;

    /// <summary>Highest price the book is sure of, ticks.</summary>
    [FieldOffset(40)] public long KnownHighTicks;

    /// <summary>Bid levels that follow.</summary>
    [FieldOffset(48)] public uint BidLevels;

    /// <summary>Ask levels that follow.</summary>
    [FieldOffset(52)] public uint AskLevels;

    /// <summary>State at this moment.</summary>
    [FieldOffset(56)] public BookState State;

    /// <summary>Proof at this moment.</summary>
    [FieldOffset(57)] public Evidence Evidence;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.BookImage;
}
