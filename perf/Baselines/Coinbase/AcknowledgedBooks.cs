using Lob.Fast.Baselines.Feeds;

namespace Lob.Fast.Baselines.Coinbase;

/// <summary>Both feeds answer every request with all that is subscribed: a book that was listed and is no longer has ended.</summary>
internal sealed class AcknowledgedBooks
{
    private readonly Dictionary<int, HashSet<string>> _listed = [];

    /// <summary>An answer that lists the books of these products.</summary>
    public void Take(int connection, IEnumerable<string> products, IEnumerable<SimpleFeedStream> streams)
    {
        HashSet<string> now = [.. products];
        foreach (string ended in _listed.GetValueOrDefault(connection, []).Except(now))
        {
            streams.FirstOrDefault(stream => stream.Connection == connection && stream.Symbol == ended)?.End();
        }

        _listed[connection] = now;
    }

    /// <summary>The connection is a new one.</summary>
    public void Forget(int connection) => _listed.Remove(connection);
}
