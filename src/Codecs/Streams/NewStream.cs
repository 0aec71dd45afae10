namespace Lob.Fast.Codecs.Streams;

/// <summary>A stream as a frame names it, for the case that it has to be declared. Lives on the stack of the thread that decodes.</summary>
internal readonly ref struct NewStream
{
    /// <summary>The name to find it by.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The venue's own symbol; empty = the stream belongs to the connection.</summary>
    public required ReadOnlySpan<byte> Symbol { get; init; }

    /// <summary>The channel in the venue's own words, without the symbol.</summary>
    public required ReadOnlySpan<byte> ChannelName { get; init; }

    /// <summary>The channel as the venue's codec numbers it.</summary>
    public required byte Channel { get; init; }

    /// <summary>What it is and how it is judged.</summary>
    public required StreamRules Rules { get; init; }
}
