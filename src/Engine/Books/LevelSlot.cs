using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Books;

/// <summary>What a side holds at one key.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LevelSlot
{
    /// <summary>In lots; 0 = no level.</summary>
    public long Quantity;

    /// <summary>Orders at the level; 0 = not told.</summary>
    public uint Orders;

    /// <summary><see cref="Records.TextForm.Packed"/>.</summary>
    public byte Form;
}
