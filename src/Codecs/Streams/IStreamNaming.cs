using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>How a venue's codec finds its streams again in the definitions of a journal.</summary>
internal interface IStreamNaming
{
    /// <summary>Writes the name that a stream of this symbol and channel is found by. False = it would be too long.</summary>
    bool TryName(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> channelName, NameBuffer name);

    /// <summary>The channel as the codec numbers it.</summary>
    byte ChannelOf(in StreamDefinition definition, ReadOnlySpan<byte> channelName);
}
