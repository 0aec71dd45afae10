namespace Lob.Fast.Engine.Records;

/// <summary>What a checksum that does not match leads to.</summary>
public enum MismatchPolicy : byte
{
    /// <summary>The book breaks and waits for a snapshot.</summary>
    Resync = 0,

    /// <summary>It is counted and logged, and the book stays (<c>--on-checksum-mismatch warn</c>); its evidence is then only the sequence.</summary>
    Warn = 1,
}
