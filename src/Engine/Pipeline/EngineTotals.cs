namespace Lob.Fast.Engine.Pipeline;

/// <summary>What went through the logic since it started.</summary>
public struct EngineTotals
{
    /// <summary>Market-data messages.</summary>
    public long Messages;

    /// <summary>Records consumed and produced.</summary>
    public long Records;

    /// <summary>Frames rejected.</summary>
    public long Rejected;

    /// <summary>Seals written.</summary>
    public long Seals;
}
