using Lob.Fast.Baselines.Feeds;

namespace Lob.Fast.Baselines.Bitfinex;

/// <summary>What a channel id of a connection stands for.</summary>
/// <param name="Name">Channel as the venue names it.</param>
/// <param name="Book">The book; null = the channel is none, or one of single orders.</param>
internal sealed record BitfinexChannel(string Name, SimpleFeedStream? Book)
{
    /// <summary>Whether the first data, which is the whole book, has come.</summary>
    public bool HasSnapshot { get; set; }
}
