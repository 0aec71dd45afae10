namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Which slot of a <see cref="FieldSet"/> a venue's key belongs to. For structs: the loop that reads the members is then compiled for each of them, and
/// finding a slot is no call through a table.
/// </summary>
internal interface IFieldSlots
{
    /// <summary>The slot of the scanner's current key; <see cref="FieldSet.None"/> for a key that is not read.</summary>
    static abstract int SlotOf(in JsonScanner scanner);
}
