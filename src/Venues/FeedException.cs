namespace Lob.Fast.Venues;

/// <summary>A configuration that cannot work: the message says what was asked for, what the venue said or allows, and what to change. Ends the feed; a fault that may pass is retried instead.</summary>
public sealed class FeedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Of questions to REST only: no connection, no answer in time, too many questions. The same one may be answered later.</summary>
    public bool MayPass { get; init; }
}
