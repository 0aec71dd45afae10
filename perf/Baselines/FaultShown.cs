namespace Lob.Fast.Baselines;

/// <summary>When the protocol shows a fault.</summary>
public enum FaultShown
{
    /// <summary>On the message itself: it is rejected, or does not follow.</summary>
    AtOnce,

    /// <summary>With the next message of the stream, which does not follow.</summary>
    NextMessage,

    /// <summary>With the next checksum of the book.</summary>
    NextChecksum,

    /// <summary>The book does not become live, so nothing wrong is ever claimed.</summary>
    NotLive,

    /// <summary>Only by the ticker proof, and only if best bid or ask are touched at an update id that a ticker has too.</summary>
    TickerProof,

    /// <summary>Only if the wrong levels leave the book crossed, or come among those that a checksum covers.</summary>
    Perhaps,

    /// <summary>By nothing in the protocol.</summary>
    Never,

    /// <summary>There is nothing to show: every book comes out the same.</summary>
    Harmless,
}
