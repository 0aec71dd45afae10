using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// A best bid and ask at an update id, kept because its counterpart may still come. Behind an instrument's definition it is a ticker of the venue; behind a
/// book's levels the book's own, and the header's Code is 1 when it has been compared.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct RememberedBest : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Update id.</summary>
    [FieldOffset(24)] public long UpdateId;

    /// <summary>Best bid, ticks; 0 with quantity 0 = side empty.</summary>
    [FieldOffset(32)] public long BidTicks;

    /// <summary>Quantity at the best bid, lots.</summary>
    [FieldOffset(40)] public long BidLots;

    /// <summary>Best ask, ticks.</summary>
    [FieldOffset(48)] public long AskTicks;

    /// <summary>Quantity at the best ask, lots.</summary>
    [FieldOffset(56)] public long AskLots;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.RememberedBest;
}
