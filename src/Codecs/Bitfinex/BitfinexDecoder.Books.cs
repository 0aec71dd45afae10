using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bitfinex;

// Aggregated books, P0 to P4.
public sealed partial class BitfinexDecoder
{
    // Sides of the snapshot at hand that are as long as the channel shows.
    private SnapshotLimits _limits;

    // With bulk updates a change looks like a whole book: the first list behind "subscribed" is the book. A single row before it is a change to a book
    // that never came; it stays one, and the book is still awaited.
    private bool IsSnapshot(in JsonScanner scanner, BitfinexSubscription subscription)
    {
        bool snapshot = subscription.AwaitsSnapshot && BitfinexRows.IsList(scanner);
        _draft.Rows.Header.Flags = snapshot ? RecordFlags.Snapshot : RecordFlags.None;
        return snapshot;
    }

    private bool WriteBook(ref JsonScanner scanner, RecordBuffer batch, BitfinexSubscription subscription)
    {
        bool snapshot = IsSnapshot(scanner, subscription);
        int first = batch.Count;
        if (!BitfinexRows.Read(ref scanner, ref _draft.Rows, batch))
        {
            return false;
        }

        if (snapshot)
        {
            int bids = CountBids(batch.Records[first..]);
            SetLimits(bids, batch.Count - first - bids, subscription);
        }

        return true;
    }

    private void SetLimits(int bids, int asks, BitfinexSubscription subscription) =>
        _limits = (bids >= subscription.Length ? SnapshotLimits.BidsCut : SnapshotLimits.None)
            | (asks >= subscription.Length ? SnapshotLimits.AsksCut : SnapshotLimits.None);

    // Bids come first.
    private static int CountBids(ReadOnlySpan<Record> levels)
    {
        int bids = 0;
        while (bids < levels.Length && levels[bids].Header.Side == Side.Bid)
        {
            bids++;
        }

        return bids;
    }
}
