using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Third slot of an <see cref="InstrumentDefinition"/>: order minimums and contract value; 0 = not known.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct InstrumentLimits : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Smallest order quantity, lots.</summary>
    [FieldOffset(24)] public long QuantityMinLots;

    /// <summary>Smallest order value in quote units × 10^<see cref="NotionalDecimals"/>.</summary>
    [FieldOffset(32)] public long NotionalMin;

    /// <summary>
    /// Value of one contract × 10^<see cref="ContractValueDecimals"/>, in base or quote units as <see cref="ContractType"/> says; 0 = not known.
    /// </summary>
    [FieldOffset(40)] public long ContractValue;

    /// <summary>Decimals of <see cref="NotionalMin"/>.</summary>
    [FieldOffset(48)] public byte NotionalDecimals;

    /// <summary>Decimals of <see cref="ContractValue"/>.</summary>
    [FieldOffset(49)] public byte ContractValueDecimals;

    /// <summary>In which units the quantities of the instrument are.</summary>
    [FieldOffset(50)] public ContractType ContractType;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.InstrumentDefinition;
}
