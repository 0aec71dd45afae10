namespace Lob.Fast.Codecs.Json;

/// <summary>What the 64 bytes are that a row begins with: a bit for each, first byte lowest.</summary>
internal ref struct RowMasks
{
    /// <summary>No ASCII digits.</summary>
    public ulong NotDigits;

    /// <summary>Quotes.</summary>
    public ulong Quotes;

    /// <summary>Points.</summary>
    public ulong Points;

    /// <summary>Closing brackets.</summary>
    public ulong Brackets;

    /// <summary>The bytes of the row: as far as its closing bracket, that one too; all where there is none.</summary>
    public readonly ulong Row => Brackets ^ (Brackets - 1);
}
