using System.Runtime.Intrinsics;

namespace Lob.Fast.Codecs.Streams;

/// <summary>Up to 16 bytes of fixed text, and what stands behind them.</summary>
internal struct ShapePlace
{
    /// <summary>The text, zeros behind it.</summary>
    public Vector128<byte> Text;

    /// <summary>All bits of the bytes that the text has.</summary>
    public Vector128<byte> Mask;

    /// <summary>Bytes of the text, 0–16.</summary>
    public int Length;

    /// <summary>
    /// Bytes of the string that the text ends with (<see cref="ShapePlaceKind.FixedText"/>), or before the object in the array (<see cref="ShapePlaceKind.ObjectInArray"/>).
    /// </summary>
    public int ValueLength;

    /// <summary>What stands behind the text.</summary>
    public ShapePlaceKind Kind;

    /// <summary>Whether that is a value of the inner object.</summary>
    public bool IsInner;

    /// <summary>The place to look at where the text is another one; 0 = none.</summary>
    public int Otherwise;

    /// <summary>The slot of that value; <see cref="Json.FieldSet.Unread"/> = it is not read.</summary>
    public int Slot;

    /// <summary>The bit of the slot; 0 = nothing is read, or an array, which is added by who reads it.</summary>
    public ulong Bit;
}
