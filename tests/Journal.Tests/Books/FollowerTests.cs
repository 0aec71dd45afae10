using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.Pipeline;
using Lob.Fast.Engine.Tests.TestSupport;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Reruns;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Verification;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Books;

/// <summary>A reader that knows no venue's rules holds the books that the logic holds, from the records alone, wherever it starts.</summary>
public class FollowerTests
{
    private const int Steps = 500;

    private static readonly EngineOptions Options = new() { WindowBits = 12 };

    [Fact]
    public void After_every_message_the_follower_holds_the_books_of_the_logic()
    {
        int proven = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            foreach (List<Record[]> feed in new[] { VenueFeed.Create(seed, Steps), RandomFeed.Create(seed, Steps) })
            {
                proven += Follow(feed, seed);
            }
        }

        // Nothing would be shown by books that are never live.
        Assert.True(proven > 100_000, $"{proven} books compared");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_journal_of_it_verifies_and_derives_the_same_again(int seed)
    {
        using TemporaryFolder folder = new();
        var target = new JournalSink.Target();
        using var logic = new Logic<JournalSink>(new JournalSink(target), Options);
        using (JournalWriter writer = JournalWriter.Create(folder.Journal, logic, Journals.Small))
        {
            target.Writer = writer;
            foreach (Record[] message in VenueFeed.Create(seed, 8_000))
            {
                logic.Process(message);
            }

            target.Writer = null;
        }

        VerifyReport report = JournalVerifier.Run(folder.Journal);
        Assert.Empty(report.Findings);
        using JournalReader reader = JournalReader.Open(folder.Journal);
        Assert.True(reader.Segments.Count > 1);
        Assert.Null(SealVerifier.Verify(reader).Difference);
        RerunResult rerun = JournalRerun.Run(reader);
        Assert.Null(rerun.Difference);
        Assert.True(rerun.DerivedRecords > 1_000);
    }

    private static int Follow(List<Record[]> feed, int seed)
    {
        var spy = new JournalSpy();
        using var logic = new Logic<SpySink>(spy.Sink, Options);
        using var follower = new BookFollower();
        BookFollower? late = null;
        int compared = 0;
        for (int i = 0; i < feed.Count; i++)
        {
            if (i == feed.Count / 2)
            {
                using var checkpoint = new RecordBuffer();
                logic.WriteCheckpoint(checkpoint);
                late = new BookFollower();
                late.Start(checkpoint.Records);
                compared += Compare(logic, late, $"seed {seed}, checkpoint before message {i}", sameChecksum: true);
            }

            logic.Process(feed[i]);
            Take(follower, spy.LastCommit);
            compared += Compare(logic, follower, $"seed {seed}, message {i}", sameChecksum: false);
            if (late != null)
            {
                Take(late, spy.LastCommit);
                compared += Compare(logic, late, $"seed {seed}, message {i}, started at a checkpoint", sameChecksum: false);
            }
        }

        late?.Dispose();
        return compared;
    }

    private static void Take(BookFollower follower, Record[] commit)
    {
        int start = 0;
        for (int i = 0; i < commit.Length; i++)
        {
            if (commit[i].Header.Has(RecordFlags.LastInMessage))
            {
                follower.OnMessage(commit.AsSpan(start..(i + 1)));
                start = i + 1;
            }
        }

        follower.Flush();
    }

    private static int Compare(Logic<SpySink> logic, BookFollower follower, string where, bool sameChecksum)
    {
        int compared = 0;
        Assert.Equal(logic.Books.Count, follower.Books.Count);
        foreach (BookStream book in logic.Books)
        {
            FollowedBook followed = follower.Find(book.Id)!;
            string what = $"{where}, stream {book.Id}";
            Assert.True((book.State, book.Evidence) == (followed.State, followed.Evidence),
                $"{what}: {book.State} {book.Evidence}, the follower has {followed.State} {followed.Evidence}");
            if (book.State is not (BookState.Live or BookState.Stale))
            {
                continue;
            }

            compared++;
            Assert.True(book.LastSequence == followed.LastSequence, $"{what}: sequence {book.LastSequence}, the follower has {followed.LastSequence}");
            Assert.True(book.VenueTimeNs == followed.VenueTimeNs, $"{what}: venue time");
            Assert.True(book.KnownRange == followed.KnownRange, $"{what}: {book.KnownRange}, the follower has {followed.KnownRange}");
            Assert.True(book.Book.Digest == followed.Book.Digest, $"{what}: digest");
            foreach (Side side in new[] { Side.Bid, Side.Ask })
            {
                BookLevel[] levels = book.Book.ToArray(side);
                Assert.True(levels.AsSpan().SequenceEqual(followed.Book.ToArray(side)), $"{what}: levels");
            }

            // Behind an image no message has told it yet.
            if (sameChecksum || followed.ChecksumPresence != ChecksumPresence.NoField)
            {
                Assert.True((book.LastChecksum, book.LastChecksumPresence) == (followed.Checksum, followed.ChecksumPresence), $"{what}: checksum");
            }
        }

        return compared;
    }
}
