namespace Lob.Fast.Baselines.Values;

/// <summary>
/// An alternative to the engine's decoder: it reads the same numbers out of a frame, into a flat preallocated list. It keeps what the venue's frames need to be
/// understood (what a channel id stands for) and nothing else: no streams, no exponents, no records. Frames of candles, single orders, instruments
/// and acknowledgements leave no values. Called on one thread.
/// </summary>
public interface IValueDecoder : IDisposable
{
    /// <summary>What the frame decoded last said; valid until the next one.</summary>
    ReadOnlySpan<FrameValue> Values { get; }

    /// <summary>Decodes a frame. False = it is not valid, as far as this decoder looks.</summary>
    /// <param name="frame">The frame; 64 bytes behind it must be readable.</param>
    bool TryDecode(ReadOnlySpan<byte> frame);
}
