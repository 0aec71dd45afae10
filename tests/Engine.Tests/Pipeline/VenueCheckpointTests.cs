using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;

namespace Lob.Fast.Engine.Tests.Pipeline;

/// <summary>The same as <see cref="CheckpointTests"/> for streams with snapshots of their own, checksums and counted connections.</summary>
public class VenueCheckpointTests
{
    private const int Seeds = 40;
    private const int Steps = 500;
    private const int CutsPerSeed = 10;

    [Fact]
    public void A_logic_restored_at_any_message_end_derives_the_same_bytes()
    {
        var met = new HashSet<string>();
        for (int seed = 0; seed < Seeds; seed++)
        {
            List<Record[]> feed = VenueFeed.Create(seed, Steps);
            var random = new Random(seed);
            HashSet<int> cuts = [feed.Count, .. Enumerable.Range(0, CutsPerSeed).Select(_ => random.Next(feed.Count))];
            var checkpoints = new Dictionary<int, Record[]>();
            var spy = new JournalSpy();
            var commits = new List<Record[]>();
            using var logic = new Logic<SpySink>(spy.Sink, new EngineOptions { WindowBits = 12 });
            for (int i = 0; i < feed.Count; i++)
            {
                if (cuts.Contains(i))
                {
                    checkpoints[i] = Checkpoint(logic);
                }

                logic.Process(feed[i]);
                commits.Add(spy.LastCommit);
                Note(feed[i], spy.LastCommit[feed[i].Length..], logic, met);
            }

            Record[] end = Checkpoint(logic);
            foreach ((int cut, Record[] checkpoint) in checkpoints)
            {
                string where = $"seed {seed}, restored at message {cut} of {feed.Count}";
                var other = new JournalSpy();
                using var restored = new Logic<SpySink>(other.Sink, new EngineOptions { WindowBits = 14 });
                restored.Restore(checkpoint);
                Assert.True(Same(checkpoint, Checkpoint(restored)), $"{where}: its own checkpoint differs");
                for (int i = cut; i < feed.Count; i++)
                {
                    restored.Process(feed[i]);
                    Assert.True(Same(commits[i], other.LastCommit), $"{where}: message {i} ({feed[i][0].Header.Kind}) derives something else");
                }

                Assert.True(Same(end, Checkpoint(restored)), $"{where}: the checkpoint at the end differs");
            }
        }

        string[] all =
        [
            "Empty", "Bridging", "Live", "Stale", "Broken", "distrusted", "evidence None", "evidence Sequence", "evidence Checksum", "evidence alone",
            "gap Sequence", "gap Checksum", "gap Connection", "ignored Duplicate", "ignored ChecksumMismatch", "ignored elsewhere", "resync of its own",
            "image", "depth", "moved",
        ];
        Assert.Empty(all.Except(met));
    }

    private static void Note(Record[] input, Record[] derived, Logic<SpySink> logic, HashSet<string> met)
    {
        foreach (Record record in derived)
        {
            switch (record.Header.Kind)
            {
                case RecordKind.Gap:
                    met.Add($"gap {(GapReason)record.Header.Code}");
                    break;
                case RecordKind.MessageIgnored:
                    met.Add($"ignored {(IgnoreReason)record.Header.Code}");
                    met.Add(logic.Books.Any(book => book.Id == record.Header.StreamId) ? "ignored" : "ignored elsewhere");
                    break;
                case RecordKind.Resync when input[0].Header.Code == (byte)MessageType.BookSnapshot && input[0].Header.StreamId == record.Header.StreamId:
                    met.Add("resync of its own");
                    break;
                case RecordKind.BookImage:
                    met.Add("image");
                    break;
                case RecordKind.BookStateChange when Record.Read<BookStateChange>(record).From == (BookState)record.Header.Code:
                    met.Add("evidence alone");
                    break;
                default:
                    break;
            }
        }

        foreach (BookStream book in logic.Books)
        {
            met.Add(book.State.ToString());
            met.Add($"evidence {book.Evidence}");
            Note(book.IsChecksumDistrusted, "distrusted");
            Note(book.KnownRange != PriceRange.Unbounded, "depth");
            Note(book.Connection > 2, "moved");
        }

        void Note(bool holds, string what)
        {
            if (holds)
            {
                met.Add(what);
            }
        }
    }

    private static bool Same(Record[] left, Record[] right) => RecordBytes.Bytes(left).AsSpan().SequenceEqual(RecordBytes.Bytes(right));

    private static Record[] Checkpoint(ICheckpointSource logic)
    {
        using var buffer = new RecordBuffer(16);
        logic.WriteCheckpoint(buffer);
        return buffer.Records.ToArray();
    }
}
