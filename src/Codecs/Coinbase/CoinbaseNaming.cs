using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>
/// The name of a stream is its product, <c>@</c>, and the usual name of its channel: frames do not say whether they came by <c>level2</c> or
/// <c>level2_batch</c>, so there is one such stream a product.
/// </summary>
internal sealed class CoinbaseNaming : IStreamNaming
{
    /// <summary>It holds nothing.</summary>
    public static CoinbaseNaming Instance { get; } = new();

    /// <inheritdoc/>
    public bool TryName(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channelName, NameBuffer name) =>
        TryName(symbol, CoinbaseChannels.Classify(channelName), name);

    /// <summary>Writes the name that the product's stream of this channel is found by. False = it would be too long.</summary>
    public static bool TryName(ReadOnlySpan<byte> symbol, CoinbaseChannel channel, NameBuffer name) =>
        name.Set(symbol) && name.Append("@"u8) && name.Append(CoinbaseChannels.NameOf(channel));

    /// <inheritdoc/>
    public byte ChannelOf(in StreamDefinition definition, ReadOnlySpan<byte> channelName) => (byte)CoinbaseChannels.Classify(channelName);
}
