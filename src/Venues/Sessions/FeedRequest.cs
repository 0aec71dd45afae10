namespace Lob.Fast.Venues.Sessions;

/// <summary>A request on its way, with the streams of it that are not answered yet.</summary>
/// <param name="number">Its number on this connection, from 1.</param>
/// <param name="leaves">It unsubscribes.</param>
/// <param name="streams">What it asks for.</param>
internal sealed class FeedRequest(long number, bool leaves, List<FeedStream> streams)
{
    public long Number { get; } = number;

    public bool Leaves { get; } = leaves;

    public List<FeedStream> Streams { get; } = streams;

    /// <summary>When it was sent, by the connection's clock.</summary>
    public long SentAt { get; set; }

    /// <summary>Times it was sent.</summary>
    public int Tries { get; set; } = 1;
}
