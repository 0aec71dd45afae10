namespace Lob.Fast.Baselines.Bitfinex;

/// <summary>Configuration flags of a connection that change the shape of its frames.</summary>
[Flags]
public enum BitfinexFlags : long
{
    None = 0,

    /// <summary>A time in milliseconds is the last item of every array.</summary>
    Timestamp = 32_768,

    /// <summary>The number of the frame is the last item, or the one before the time.</summary>
    SequenceAll = 65_536,

    /// <summary>Checksums of books are sent.</summary>
    Checksum = 131_072,
}
