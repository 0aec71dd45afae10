namespace Lob.Fast.Engine.Records;

/// <summary>Sequence numbers of venues: any 63-bit number, −1 included (OKX uses it).</summary>
public static class Sequence
{
    /// <summary>The message has no such sequence.</summary>
    public const long None = long.MinValue;
}
