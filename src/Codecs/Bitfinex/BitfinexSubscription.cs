using Lob.Fast.Codecs.Streams;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>What a channel id of a connection stands for, from its <c>subscribed</c> event until it is unsubscribed or the connection starts over.</summary>
internal sealed class BitfinexSubscription
{
    /// <summary>Stands for frames that belong to no channel that is read.</summary>
    public static BitfinexSubscription OfConnection { get; } = new() { Channel = BitfinexChannel.Connection, Symbol = [], Name = "connection"u8.ToArray() };

    /// <summary>What comes on it.</summary>
    public required BitfinexChannel Channel { get; init; }

    /// <summary>The venue's own symbol, <c>tBTCUSD</c>; empty when set aside.</summary>
    public required byte[] Symbol { get; init; }

    /// <summary>The channel in the venue's words without the symbol, <c>book.P0.F0.100</c>; when set aside, the name it is counted by.</summary>
    public required byte[] Name { get; init; }

    /// <summary>Rows a side that the channel shows (<c>len</c>): price levels, or orders of <c>R0</c>. 0 = not a book.</summary>
    public uint Length { get; init; }

    /// <summary>A candle's interval (<c>1m</c>), first byte lowest.</summary>
    public ulong IntervalText { get; init; }

    /// <summary>Where its messages go; of what is set aside, the stream of the connection. Null until it is declared.</summary>
    public CodecStream? Stream { get; set; }

    /// <summary>No data frame has come yet: the first one with a list of rows is the whole book.</summary>
    public bool AwaitsSnapshot { get; set; } = true;
}
