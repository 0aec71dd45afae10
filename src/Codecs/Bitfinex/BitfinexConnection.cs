using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>What a decoder knows of one connection: its flags, and what its channel ids stand for. Both end with the connection.</summary>
internal sealed class BitfinexConnection
{
    /// <summary>
    /// Most channels. The venue allows 25 or 30 by its documentation and was seen to allow 36 (2026-09); a feed that acknowledges ever more must not
    /// fill the memory.
    /// </summary>
    public const int ChannelsMax = 1024;

    // Power of two; ids are given out one after the other.
    private const int RecentMax = 64;

    private readonly Dictionary<long, BitfinexSubscription> _channels = [];

    // Channels found last, each at its id's place: a frame names its channel by its id alone.
    private readonly (long ChannelId, BitfinexSubscription? Subscription)[] _recent = new (long, BitfinexSubscription?)[RecentMax];

    /// <summary>
    /// A journal is continued, and no frame of the connection has been taken in: its books, if it has any, are fed by channel ids that nobody remembers.
    /// </summary>
    public bool IsContinued { get; set; }

    /// <summary>The flags in force.</summary>
    public BitfinexFlags Flags { get; set; }

    /// <summary>Whether array frames carry a number.</summary>
    public bool IsSequenced => (Flags & BitfinexFlags.SequenceAll) != 0;

    /// <summary>Whether a list of rows may be a change to a book as well as a whole one.</summary>
    public bool IsBulk => (Flags & BitfinexFlags.BulkUpdates) != 0;

    /// <summary>
    /// Number of the last frame, 0 before the first; <see cref="Sequence.None"/> = it cannot be told. It decides nothing but whether the list that is a whole
    /// book may be among what is missing; what a hole means for the books is the logic's business.
    /// </summary>
    public long LastSequence { get; set; }

    /// <summary>Whether a frame with a number has been taken in. Unlike <see cref="LastSequence"/> a rejected frame does not touch it.</summary>
    public bool HasCounted { get; set; }

    /// <summary>All that is subscribed.</summary>
    public IEnumerable<BitfinexSubscription> Subscriptions => _channels.Values;

    /// <summary>What the id stands for; null = it is not known.</summary>
    public BitfinexSubscription? Find(long channelId)
    {
        ref (long ChannelId, BitfinexSubscription? Subscription) recent = ref _recent[channelId & (RecentMax - 1)];
        if (recent.ChannelId != channelId || recent.Subscription is null)
        {
            recent = (channelId, _channels.GetValueOrDefault(channelId));
        }

        return recent.Subscription;
    }

    /// <summary>Whether a channel of the connection brings messages of this stream.</summary>
    public bool Feeds(CodecStream stream)
    {
        foreach (BitfinexSubscription subscription in _channels.Values)
        {
            if (ReferenceEquals(subscription.Stream, stream))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the id can be given a meaning.</summary>
    public bool HasRoomFor(long channelId) => _channels.Count < ChannelsMax || _channels.ContainsKey(channelId);

    /// <summary>From here on the id stands for this.</summary>
    public void Add(long channelId, BitfinexSubscription subscription)
    {
        _channels[channelId] = subscription;
        Array.Clear(_recent);
    }

    /// <summary>From here on the id stands for nothing.</summary>
    public void Remove(long channelId)
    {
        _channels.Remove(channelId);
        Array.Clear(_recent);
    }

    /// <summary>
    /// Frames are missing. With bulk updates the books that are awaited may be among them, and the next list would be taken for a whole book: they are
    /// awaited no more, until they are subscribed again.
    /// </summary>
    public void LoseSnapshots()
    {
        if (!IsBulk)
        {
            return;
        }

        foreach (BitfinexSubscription subscription in _channels.Values)
        {
            subscription.AwaitsSnapshot = false;
        }
    }

    /// <summary>A frame with this number was taken in.</summary>
    /// <returns>False = at least one before it is missing.</returns>
    public bool TryFollow(long sequence)
    {
        if (sequence == Sequence.None)
        {
            return true;
        }

        HasCounted = true;
        bool follows = LastSequence == Sequence.None || sequence <= LastSequence + 1;
        LastSequence = Math.Max(LastSequence, sequence);
        if (!follows)
        {
            LoseSnapshots();
        }

        return follows;
    }

    /// <summary>Everything has to be subscribed anew; the flags stay.</summary>
    public void ForgetChannels()
    {
        _channels.Clear();
        Array.Clear(_recent);
    }
}
