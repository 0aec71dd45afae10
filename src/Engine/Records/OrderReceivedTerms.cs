using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// Second slot of an <see cref="OrderReceived"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct OrderReceivedTerms : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Low half of the client's own id, a UUID; 0 with <see cref="ClientIdHigh"/> 0 = not told.</summary>
    [FieldOffset(24)] public long ClientIdLow;

    /// <summary>High half of the client's own id.</summary>
    [FieldOffset(32)] public long ClientIdHigh;

    /// <summary>Quote funds of a market order × 10^<see cref="FundsDecimals"/>; <see cref="Records.Sequence.None"/> = not told.</summary>
    [FieldOffset(40)] public long Funds;

    /// <summary>Decimals of <see cref="Funds"/>, 0–14.</summary>
    [FieldOffset(48)] public byte FundsDecimals;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.OrderReceived;
}
