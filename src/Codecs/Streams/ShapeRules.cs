namespace Lob.Fast.Codecs.Streams;

/// <summary>Which values of a frame differ from one to the next, for <see cref="FrameShape"/>; masks of slots.</summary>
internal readonly record struct ShapeRules
{
    /// <summary>Slots whose strings are places; strings of other slots belong to the fixed text.</summary>
    public required ulong Texts { get; init; }

    /// <summary>Slots whose arrays are places: in the inner object where there are <see cref="Objects"/>, in the outer one otherwise.</summary>
    public required ulong Arrays { get; init; }

    /// <summary>Slots whose integers may have a minus.</summary>
    public ulong Signed { get; init; }

    /// <summary>Slots of the outer object whose value is the inner one, or an array of it alone.</summary>
    public ulong Objects { get; init; }

    /// <summary>Whether strings of keys that nobody reads are places; otherwise they belong to the fixed text.</summary>
    public bool UnreadTexts { get; init; }
}
