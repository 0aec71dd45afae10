using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Imports;

/// <summary>The name of an imported stream is its symbol, a blank, which no symbol holds, and its channel.</summary>
internal sealed class SnapshotNaming : IStreamNaming
{
    /// <summary>It holds nothing.</summary>
    public static SnapshotNaming Instance { get; } = new();

    /// <inheritdoc/>
    public bool TryName(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channelName, NameBuffer name) =>
        name.Set(symbol) && name.Append(" "u8) && name.Append(channelName);

    /// <inheritdoc/>
    public byte ChannelOf(in StreamDefinition definition, ReadOnlySpan<byte> channelName) => 0;
}
