using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

/// <summary>The name of a stream is its channel, a blank, and its instrument: neither may hold a blank, so no two streams share a name.</summary>
internal sealed class OkxNaming : IStreamNaming
{
    /// <summary>It holds nothing.</summary>
    public static OkxNaming Instance { get; } = new();

    /// <inheritdoc/>
    public bool TryName(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channelName, NameBuffer name) =>
        name.Set(channelName) && name.Append(" "u8) && name.Append(symbol);

    /// <inheritdoc/>
    public byte ChannelOf(in StreamDefinition definition, ReadOnlySpan<byte> channelName) =>
        (byte)(definition.Role == StreamRole.BookSnapshots ? OkxChannel.RestBooks : OkxChannels.Classify(channelName));
}
