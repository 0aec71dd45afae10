using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>Second slot of an <see cref="InstrumentDefinition"/>: the venue's own symbol.</summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct InstrumentSymbol : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Symbol as the venue's REST interface writes it.</summary>
    [FieldOffset(24)] public Text40 Symbol;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.InstrumentDefinition;
}
