using System.Buffers;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>How the parts of a checkpoint are written and read.</summary>
internal static class Checkpoints
{
    private const RecordFlags Place = RecordFlags.FirstInMessage | RecordFlags.LastInMessage;

    /// <summary>Makes copies of records part of a checkpoint: the checkpoint is one message, so their own place in messages goes.</summary>
    public static void Mark(Span<Record> records)
    {
        foreach (ref Record record in records)
        {
            record.Header.Flags = (record.Header.Flags & ~Place) | RecordFlags.Checkpoint;
        }
    }

    /// <summary>Adds copies of whole messages that wait.</summary>
    public static void AddMessages(RecordBuffer target, ReadOnlySpan<Record> messages)
    {
        int start = target.Count;
        target.AddRange(messages);
        Mark(target.Records[start..]);
    }

    /// <summary>Gives messages their place flags back; each starts at its MessageBegin.</summary>
    public static void RestoreMessages(Span<Record> messages)
    {
        for (int i = 0; i < messages.Length; i++)
        {
            ref RecordHeader header = ref messages[i].Header;
            header.Flags &= ~RecordFlags.Checkpoint;
            if (header.Kind == RecordKind.MessageBegin)
            {
                header.Flags |= RecordFlags.FirstInMessage;
            }

            if (i + 1 == messages.Length || messages[i + 1].Header.Kind == RecordKind.MessageBegin)
            {
                header.Flags |= RecordFlags.LastInMessage;
            }
        }
    }

    /// <summary>Adds the levels of a book, bids then asks, each best first, all with the flags given.</summary>
    public static void AddLevels(RecordBuffer target, L2Book book, uint streamId, long receivedAtNs, long venueTimeNs, RecordFlags flags)
    {
        Add(Side.Bid, book.BidCount);
        Add(Side.Ask, book.AskCount);

        void Add(Side side, int count)
        {
            // Rented, because a segment that rolls and a book that comes back should leave nothing to collect.
            BookLevel[] levels = ArrayPool<BookLevel>.Shared.Rent(count);
            book.CopyTo(side, levels.AsSpan(0, count));
            foreach (BookLevel level in levels.AsSpan(0, count))
            {
                ref LevelSet record = ref target.Add<LevelSet>();
                record.Header = new RecordHeader
                {
                    Kind = RecordKind.LevelSet,
                    Flags = flags | RecordFlags.Snapshot,
                    Code = (byte)side,
                    TextForm = level.TextForm,
                    StreamId = streamId,
                    ReceivedAtNs = receivedAtNs,
                    VenueTimeNs = venueTimeNs,
                };
                record.PriceTicks = level.PriceTicks;
                record.QuantityLots = level.QuantityLots;
                record.OrderCount = level.OrderCount;
            }

            ArrayPool<BookLevel>.Shared.Return(levels);
        }
    }
}
