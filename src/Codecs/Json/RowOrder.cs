namespace Lob.Fast.Codecs.Json;

/// <summary>How the prices of one side's rows must follow each other.</summary>
internal enum RowOrder : byte
{
    /// <summary>Changes to a book: any order, zero quantities delete.</summary>
    Any = 0,

    /// <summary>A whole side, best first: prices strictly fall, no zero quantity.</summary>
    Falling = 1,

    /// <summary>A whole side, best first: prices strictly rise, no zero quantity.</summary>
    Rising = 2,
}
