using System.Runtime.ExceptionServices;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Books;

/// <summary>
/// Derives every seal again from the messages of a journal: the digest, level counts and sequence of each live book, the hash chain over
/// all seals, and the books in the checkpoint of every later segment. Uses the reader's books, not the logic that wrote them.
/// </summary>
public static class SealVerifier
{
    private const int MessagesBetweenReports = 1 << 12;

    /// <summary>Walks the whole journal, each segment from its checkpoint to that of the next, several at a time.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="progress">Called now and then, by the calling thread, with the number of records read so far; may be null.</param>
    public static SealVerification Verify(JournalReader reader, Action<long>? progress = null)
    {
        // A segment is begun at its checkpoint, which the walk that comes from the one before compares with what it came to. So the whole hangs together.
        int[] starts = [.. reader.Segments.Where((segment, ordinal) => ordinal == 0 || segment.CheckpointCount > 0).Select(static segment => segment.Number)];
        var parts = new SealVerification?[starts.Length];
        var failures = new ExceptionDispatchInfo?[starts.Length];
        int caller = Environment.CurrentManagedThreadId;
        long done = 0;
        int firstEnded = int.MaxValue;
        SegmentThreads.ForEach(starts.Length, part =>
        {
            if (part > Volatile.Read(ref firstEnded))
            {
                return;
            }

            try
            {
                // A reader belongs to one thread.
                using JournalReader own = JournalReader.Open(reader.Folder);
                int end = part + 1 < starts.Length ? starts[part + 1] : int.MaxValue;
                parts[part] = VerifyFrom(own, starts[part], end, records =>
                {
                    long all = Interlocked.Add(ref done, records);
                    if (Environment.CurrentManagedThreadId == caller)
                    {
                        progress?.Invoke(all);
                    }
                });
            }
            catch (Exception exception)
            {
                // A checkpoint that cannot be started from has mostly been found different by the part before, and that is then what there is to say.
                failures[part] = ExceptionDispatchInfo.Capture(exception);
            }

            if (parts[part] is not { Difference: null })
            {
                // Whichever part this names, all before it are walked.
                Volatile.Write(ref firstEnded, part);
            }
        });

        SealVerification whole = new(0, 0, null);
        for (int part = 0; part < parts.Length && whole.Difference == null; part++)
        {
            failures[part]?.Throw();
            SealVerification next = parts[part]!;
            whole = new SealVerification(whole.Seals + next.Seals, whole.ChainLinks + next.ChainLinks, next.Difference);
        }

        return whole;
    }

    /// <summary>Walks from the start of a segment to the checkpoint of another, or to the end of the journal.</summary>
    private static SealVerification VerifyFrom(JournalReader reader, int start, int end, Action<long> progress)
    {
        using var follower = new BookFollower();
        using var chain = new SealChainHasher();
        using JournalCursor cursor = reader.Read(start, CheckpointMode.All);
        using var seals = new RecordBuffer();
        long sealCount = 0;
        long links = 0;
        int messages = 0;
        long reported = 0;
        bool started = false;
        while (cursor.MoveNext())
        {
            ReadOnlySpan<Record> message = cursor.Message;
            string? difference = null;
            if (cursor.IsCheckpoint)
            {
                follower.Flush();
                EngineChain head = Record.Read<EngineChain>(message[1]);
                if (!started)
                {
                    follower.Start(message);
                    chain.Restore(head.Hash, head.Index);
                    started = true;
                    reported = cursor.Index;
                }
                else
                {
                    difference = CompareCheckpoint(message, head, follower, chain);
                }
            }
            else
            {
                follower.OnMessage(message);
                if (message[0].Header.Kind == RecordKind.Seal)
                {
                    follower.Flush();
                    difference = CompareSeal(message, follower);
                    seals.AddRange(message);
                    sealCount++;
                }
                else if (message[0].Header.Kind == RecordKind.SealChain)
                {
                    difference = CompareChain(message[0], seals, chain);
                    seals.Clear();
                    links++;
                }
            }

            if (difference != null)
            {
                return new SealVerification(sealCount, links, $"segment {cursor.SegmentNumber:D8}, record {cursor.Slot}: {difference}");
            }

            if (cursor.SegmentNumber == end)
            {
                break;
            }

            if (++messages % MessagesBetweenReports == 0)
            {
                progress(cursor.Index - reported);
                reported = cursor.Index;
            }
        }

        return new SealVerification(sealCount, links, null);
    }

    private static string? CompareSeal(ReadOnlySpan<Record> message, BookFollower follower)
    {
        Seal seal = Record.Read<Seal>(message[0]);
        FollowedBook? book = follower.Find(seal.Header.StreamId);
        if (book == null)
        {
            return $"a seal of stream {seal.Header.StreamId}, which is no declared book stream";
        }

        string name = $"seal of {book.Venue.ToName()} {book.Symbol} {book.Channel}";
        if ((BookState)seal.Header.Code != book.State)
        {
            return $"{name} says state {(BookState)seal.Header.Code}, the records before it lead to {book.State}";
        }

        var evidence = (Evidence)message[1].Header.Code;
        if (evidence != book.Evidence)
        {
            return $"{name} says evidence {evidence}, the records before it lead to {book.Evidence}";
        }

        // A book that is not live holds whatever it is being rebuilt from; only a proven one is promised to readers.
        return book.State is BookState.Live or BookState.Stale
            ? CompareBook(name, book, new Digest128(seal.DigestLow, seal.DigestHigh), seal.LastSequence, seal.BidLevels, seal.AskLevels)
            : null;
    }

    private static string? CompareBook(string name, FollowedBook book, Digest128 digest, long lastSequence, uint bids, uint asks)
    {
        if (lastSequence != book.LastSequence)
        {
            return $"{name} stands at sequence {lastSequence}, the records before it lead to {book.LastSequence}";
        }

        if (bids != book.Book.BidCount || asks != book.Book.AskCount)
        {
            return $"{name} has {bids} bids and {asks} asks, the records before it lead to {book.Book.BidCount} and {book.Book.AskCount}";
        }

        return digest != book.Book.Digest ? $"{name} has digest {digest}, the records before it lead to {book.Book.Digest}" : null;
    }

    private static string? CompareChain(in Record record, RecordBuffer seals, SealChainHasher chain)
    {
        SealChain link = Record.Read<SealChain>(record);
        chain.Append(seals.Records);
        return link.Hash.IsSame(chain.Head) && link.Index == chain.Index
            ? null
            : $"link {link.Index} of the seal chain is {link.Hash}, the seals before it give link {chain.Index} {chain.Head}";
    }

    private static string? CompareCheckpoint(ReadOnlySpan<Record> checkpoint, in EngineChain head, BookFollower follower, SealChainHasher chain)
    {
        if (!head.Hash.IsSame(chain.Head) || head.Index != chain.Index)
        {
            return $"the checkpoint continues the seal chain at link {head.Index} {head.Hash}, the records before it end at link {chain.Index} {chain.Head}";
        }

        using var other = new BookFollower();
        other.Start(checkpoint);
        foreach (FollowedBook held in other.Books)
        {
            FollowedBook? own = follower.Find(held.StreamId);
            string name = $"checkpoint of {held.Venue.ToName()} {held.Symbol} {held.Channel}";
            if (own == null || own.State != held.State)
            {
                return $"{name} says state {held.State}, the records before it lead to {own?.State.ToString() ?? "no such stream"}";
            }

            if (held.State is BookState.Live or BookState.Stale
                && CompareBook(name, own, held.Book.Digest, held.LastSequence, (uint)held.Book.BidCount, (uint)held.Book.AskCount) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }
}
