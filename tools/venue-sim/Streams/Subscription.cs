using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Truth;

namespace Lob.Fast.VenueSim.Streams;

/// <summary>One channel of one symbol on one connection.</summary>
internal sealed class Subscription(Session session, MarketChannel channel, int id)
{
    public Session Session => session;

    public MarketChannel Channel => channel;

    /// <summary>The venue's own number of it, where it has one (Bitfinex).</summary>
    public int Id => id;

    /// <summary>Where the channel's truth stood when it began.</summary>
    public long FirstOrdinal { get; set; }

    /// <summary>Numbers of the connection after which the book stood as the channel's truth says; null where the channel numbers its messages itself.</summary>
    public ConnectionNumbers? Numbers { get; init; }

    /// <summary>Messages of the book sent on it; counted where neither channel nor connection numbers them.</summary>
    public long Messages { get; set; }

    /// <summary>When something was last sent on it, Unix ms.</summary>
    public long LastSentMs { get; set; }
}
