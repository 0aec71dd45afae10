namespace Lob.Fast.Venues.Rest;

/// <summary>Why REST gave no answer.</summary>
/// <param name="message">For people: the status and the venue's own words.</param>
/// <param name="isFinal">Asking again will not help: an unknown symbol.</param>
/// <param name="keepAway">How long the venue asks to keep away.</param>
/// <param name="inner">What it came from.</param>
internal sealed class RestFaultException(string message, bool isFinal, TimeSpan? keepAway = null, Exception? inner = null) : Exception(message, inner)
{
    public bool IsFinal { get; } = isFinal;

    public TimeSpan? KeepAway { get; } = keepAway;
}
