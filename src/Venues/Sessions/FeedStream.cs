using System.Text;

namespace Lob.Fast.Venues.Sessions;

/// <summary>One stream: a channel of a symbol. Its state belongs to its connection and is guarded by that connection's lock.</summary>
/// <param name="symbol">In the venue's own words.</param>
/// <param name="channel">In the venue's own words, without the symbol.</param>
/// <param name="wire">What its data frames can be told by: <c>btcusdt@depth@100ms</c> on Binance, the product on Coinbase. ASCII, or as JSON escapes it.</param>
/// <param name="source">How its book starts.</param>
/// <param name="isAdded">Subscribed for the connection's own sake (heartbeats), not because somebody asked for it.</param>
internal sealed class FeedStream(string symbol, string channel, string wire, BookSource source, bool isAdded)
{
    public string Symbol { get; } = symbol;

    public string Channel { get; } = channel;

    /// <summary>As a text.</summary>
    public string Wire { get; } = wire;

    /// <summary>As the frames have it.</summary>
    public byte[] WireBytes { get; } = Encoding.UTF8.GetBytes(wire);

    public BookSource Source { get; } = source;

    public bool IsAdded { get; } = isAdded;

    public StreamPhase Phase { get; set; }

    /// <summary>It was acknowledged at least once: a refusal now is no mistake in the options.</summary>
    public bool HasRun { get; set; }

    /// <summary>REST gave its book at least once, or said that the symbol exists.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>The venue's number of the subscription (Bitfinex: <c>chanId</c>); 0 = none.</summary>
    public long VenueChannel { get; set; }

    /// <summary>Data frames seen since it was subscribed, counted up to the two a snapshot waits for.</summary>
    public int FramesSeen { get; set; }

    /// <summary>Since when they are waited for, by the connection's clock.</summary>
    public long AwaitedSince { get; set; }

    /// <summary>A resync is asked for or under way.</summary>
    public bool IsResyncing { get; set; }

    /// <summary>When the resync may begin, by the connection's clock; only while <see cref="IsResyncing"/> and not begun.</summary>
    public long? ResyncDue { get; set; }

    /// <summary>Resyncs one shortly after the other.</summary>
    public int ResyncTries { get; set; }

    /// <summary>When the last resync began, by the connection's clock.</summary>
    public long? ResyncedAt { get; set; }

    /// <summary>For people: <c>BTCUSDT depth@100ms</c>.</summary>
    public override string ToString() => $"{Symbol} {Channel}";
}
