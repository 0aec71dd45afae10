namespace Lob.Fast.Venues.Sessions;

/// <summary>A connection has ended, or is to be ended; another one follows.</summary>
/// <param name="message">Why, for logs and people.</param>
/// <param name="isPlanned">Nothing went wrong: the next connection is opened at once.</param>
internal sealed class SessionEndedException(string message, bool isPlanned = false) : Exception(message)
{
    public bool IsPlanned { get; } = isPlanned;
}
