using Lob.Fast.Engine.Records;

namespace Lob.Fast.Venues;

/// <summary>Gives connections their number and their rings. Asked while feeds are made, before any of them runs.</summary>
public interface IConnectionSource
{
    /// <summary>A new connection. It keeps its number through every reconnect.</summary>
    /// <param name="venue">The venue it goes to.</param>
    /// <param name="name">What logs and metrics call it, for instance <c>binance-usdm/public/0</c>.</param>
    /// <param name="hasAnswers">Whether book answers of REST will come as well.</param>
    ConnectionTargets Connect(Venue venue, string name, bool hasAnswers);
}
