namespace Lob.Fast.Codecs.Streams;

/// <summary>A stream that has been declared.</summary>
internal sealed class CodecStream
{
    /// <summary>Number in the journal.</summary>
    public required uint Id { get; init; }

    /// <summary>What it is about; null for signs of life of a whole connection.</summary>
    public required CodecInstrument? Instrument { get; init; }

    /// <summary>What comes on it, as the venue's codec numbers its channels.</summary>
    public required byte Channel { get; init; }

    /// <summary>The name it is found by: what the frames call it, or one made of symbol and channel.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The shape that its frames have had, for the venue's codec to try; null = none yet.</summary>
    public FrameShape? Shape { get; set; }

    /// <summary>Frames that had no known shape and taught no new one.</summary>
    public int ShapeMisses { get; set; }

    /// <summary>What the venue's codec remembers of the stream beyond the frame at hand; nothing that proofs depend on.</summary>
    public object? Memory { get; set; }
}
