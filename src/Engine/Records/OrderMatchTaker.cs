using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// Second slot of an <see cref="OrderMatch"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct OrderMatchTaker : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Low half of the taker's order id.</summary>
    [FieldOffset(24)] public long TakerIdLow;

    /// <summary>High half of the taker's order id.</summary>
    [FieldOffset(32)] public long TakerIdHigh;

    /// <summary>Sequence of the event where the venue has one; <see cref="Records.Sequence.None"/>.</summary>
    [FieldOffset(40)] public long OrderSequence;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.OrderMatch;
}
