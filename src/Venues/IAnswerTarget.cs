namespace Lob.Fast.Venues;

/// <summary>Where the book answers of REST go that belong to a connection's streams. Calls come from one thread at a time; they may wait like those of <see cref="IFrameTarget"/>.</summary>
public interface IAnswerTarget
{
    /// <summary>One book answer.</summary>
    /// <param name="symbol">The symbol asked for, in the words the venue's streams use (Binance: upper case).</param>
    /// <param name="body">Its text; not kept beyond the call.</param>
    /// <param name="receivedAtNs">When its last byte was read, Unix ns.</param>
    void Answer(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> body, long receivedAtNs);
}
