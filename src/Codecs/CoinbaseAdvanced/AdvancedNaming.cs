using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>The name of a stream is its product, <c>@</c>, and its channel; without a product it belongs to the connection.</summary>
internal sealed class AdvancedNaming : IStreamNaming
{
    /// <summary>It holds nothing.</summary>
    public static AdvancedNaming Instance { get; } = new();

    /// <inheritdoc/>
    public bool TryName(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channelName, NameBuffer name) =>
        name.Set(symbol) && name.Append("@"u8) && name.Append(channelName);

    /// <inheritdoc/>
    public byte ChannelOf(in StreamDefinition definition, ReadOnlySpan<byte> channelName) => (byte)AdvancedChannels.Classify(channelName);
}
