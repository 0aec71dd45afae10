namespace Lob.Fast.Perf.Books.Structures;

/// <summary>One side in a plain structure: quantity by key, smallest key best.</summary>
internal interface ISide
{
    /// <summary>Best key and its quantity; 0 and 0 when empty.</summary>
    (long Key, long Quantity) Best { get; }

    /// <summary>Sets a level; quantity 0 deletes it.</summary>
    void Set(long key, long quantity);

    void Clear();
}
