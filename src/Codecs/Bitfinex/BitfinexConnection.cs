namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>What a decoder knows of one connection: its flags, and what its channel ids stand for. Both end with the connection.</summary>
internal sealed class BitfinexConnection
{
    /// <summary>
    /// Most channels. The venue allows 25 or 30 by its documentation and was seen to allow 36 (2026-09); a feed that acknowledges ever more must not
    /// fill the memory.
    /// </summary>
    public const int ChannelsMax = 1024;

    private readonly Dictionary<long, BitfinexSubscription> _channels = [];

    /// <summary>The flags in force.</summary>
    public BitfinexFlags Flags { get; set; }

    /// <summary>Whether array frames carry a number.</summary>
    public bool IsSequenced => (Flags & BitfinexFlags.SequenceAll) != 0;

    /// <summary>All that is subscribed.</summary>
    public IEnumerable<BitfinexSubscription> Subscriptions => _channels.Values;

    /// <summary>What the id stands for; null = it is not known.</summary>
    public BitfinexSubscription? Find(long channelId) => _channels.GetValueOrDefault(channelId);

    /// <summary>Whether the id can be given a meaning.</summary>
    public bool HasRoomFor(long channelId) => _channels.Count < ChannelsMax || _channels.ContainsKey(channelId);

    /// <summary>From here on the id stands for this.</summary>
    public void Add(long channelId, BitfinexSubscription subscription) => _channels[channelId] = subscription;

    /// <summary>From here on the id stands for nothing.</summary>
    public void Remove(long channelId) => _channels.Remove(channelId);

    /// <summary>Everything has to be subscribed anew; the flags stay.</summary>
    public void ForgetChannels() => _channels.Clear();
}
