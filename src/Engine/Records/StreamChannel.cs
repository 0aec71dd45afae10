using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Second slot of a <see cref="StreamDefinition"/>: the channel in the venue's own words, without the symbol.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct StreamChannel : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>For instance <c>depth@0ms</c>, <c>bookTicker</c>, <c>/fapi/v1/depth</c>.</summary>
    [FieldOffset(24)] public Text40 Channel;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.StreamDefinition;
}
