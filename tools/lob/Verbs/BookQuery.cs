using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Cli.Verbs;

/// <summary>Which book, and at which point of the journal.</summary>
internal sealed record BookQuery
{
    public required string Symbol { get; init; }

    public Venue? Venue { get; init; }

    public string? Channel { get; init; }

    /// <summary>After the last message received at or before this, Unix ns.</summary>
    public long? AtTimeNs { get; init; }

    /// <summary>After the last message of the stream at or below this.</summary>
    public long? AtSequence { get; init; }

    /// <summary>Reads as little of the journal as leads to the answer.</summary>
    /// <exception cref="UserErrorException">No stream, or several, match; the message lists what there is.</exception>
    public BookAnswer Run(JournalReader reader)
    {
        uint streamId = FindStream(reader);
        int segment = AtSequence is { } sequence ? reader.FindSegment(streamId, sequence)
            : AtTimeNs is { } time ? reader.FindSegment(time)
            : reader.Segments[^1].Number;
        var follower = new BookFollower();
        using JournalCursor cursor = reader.Read(segment);
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint)
            {
                follower.Start(cursor.Message);
                if (follower.NowNs > AtTimeNs || follower.Find(streamId) is { } held && held.LastSequence > AtSequence)
                {
                    throw new UserErrorException(
                        $"{reader.Folder}: the journal starts behind that point, at {TimeText.Iso(follower.NowNs)}; older segments are no longer there.");
                }

                continue;
            }

            if (IsBehind(cursor.Message, streamId))
            {
                break;
            }

            follower.OnMessage(cursor.Message);
        }

        follower.Flush();
        FollowedBook book = follower.Find(streamId)
            ?? throw new UserErrorException($"{reader.Folder}: {Symbol} is not there yet at that point; the journal starts at {TimeText.Iso(reader.Segments[0].StartTimeNs)}.");
        return new BookAnswer(follower, book);
    }

    /// <summary>Whether a message, or what was derived from it, lies behind the point asked for.</summary>
    private bool IsBehind(ReadOnlySpan<Record> message, uint streamId)
    {
        ref readonly RecordHeader header = ref message[0].Header;
        if (AtTimeNs is { } time)
        {
            return header.ReceivedAtNs > time;
        }

        if (AtSequence is not { } sequence || header.StreamId != streamId)
        {
            return false;
        }

        long last = header.Kind switch
        {
            RecordKind.MessageBegin => Record.Read<MessageBegin>(message[0]).LastSequence,
            RecordKind.BookImage => Record.Read<BookImage>(message[0]).LastSequence,
            _ => Sequence.None,
        };
        return last != Sequence.None && last > sequence;
    }

    /// <summary>Streams may be declared anywhere, so the newest segment's checkpoint and what follows it tells all of them.</summary>
    private uint FindStream(JournalReader reader)
    {
        using var all = new BookFollower();
        using JournalCursor cursor = reader.Read(reader.Segments[^1].Number);
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint)
            {
                all.Start(cursor.Message);
            }
            else if (cursor.Message[0].Header.Kind is RecordKind.InstrumentDefinition or RecordKind.StreamDefinition)
            {
                all.OnMessage(cursor.Message);
            }
        }

        FollowedBook[] matches = [.. all.Books.Where(Matches)];
        return matches.Length == 1 ? matches[0].StreamId
            : matches.Length > 1 ? throw new UserErrorException($"{Symbol}: {matches.Length} book streams match: {List(matches)}. Choose with --venue and --channel.")
            : throw new UserErrorException($"{Symbol}: no such book stream in {reader.Folder}. There are: {List(all.Books)}.");

        static string List(IEnumerable<FollowedBook> books) =>
            string.Join("; ", books.Select(static book => $"{book.Venue.ToName()} {book.Symbol} {book.Channel}").DefaultIfEmpty("none"));
    }

    private bool Matches(FollowedBook book) =>
        string.Equals(book.Symbol, Symbol, StringComparison.OrdinalIgnoreCase)
        && (Venue == null || book.Venue == Venue)
        && (Channel == null || book.Channel == Channel);
}
