using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Faults;
using Lob.Fast.Baselines.Feeds;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.FeedRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>
/// The table of faults of the feeds is what their plain replays show when recordings are hit by them, cell by cell, and its document is the table.
/// </summary>
public sealed class FeedMutationTableTests(ITestOutputHelper output)
{
    // Seeds for each fault, and where one of its cases has not come up yet, because one digit seldom makes it. Few of the common ones are replayed.
    private const int Seeds = 40;
    private const int SeedsMax = 400;
    private const int ReplaysPerCase = 3;

    [RecordingTheory(Okx2022, Okx2026, BitfinexSequence, BitfinexChecksum, BybitLinear, CoinbaseAdvanced, CoinbaseExchange)]
    [MemberData(nameof(Feeds))]
    public void Every_cell_is_what_a_replay_shows(string name)
    {
        MutatedFeed feed = MutatedFeed.All.Single(feed => feed.Name == name);
        RecordedFrame[] frames = [.. FramesOf(feed)];
        var mutations = new FeedMutations(feed, frames);
        SimpleFeedReplay clean = FeedMutations.Replay(feed, frames);
        Assert.Equal((0, 0, 0), (clean.Rejected, clean.Gaps, clean.ConnectionGaps));
        var tried = new Dictionary<(MutatedMessage, Fault, string), int>();
        foreach ((MutatedMessage message, Fault fault) in FeedMutationTable.Rows.Select(static row => (row.Message, row.Fault)).Distinct())
        {
            string[] wanted = [.. CellsOf(feed).Where(cell => cell.Message == message && cell.Fault == fault).Select(static cell => cell.Case)];
            for (int seed = 0; seed < Seeds || (seed < SeedsMax && wanted.Any(of => !tried.ContainsKey((message, fault, of)))); seed++)
            {
                FeedMutation? mutation = mutations.TryMake(message, fault, seed);
                if (mutation is null)
                {
                    break;
                }

                var key = (message, fault, mutation.Case);
                tried[key] = tried.GetValueOrDefault(key) + 1;
                if (tried[key] <= ReplaysPerCase)
                {
                    Check(mutation, clean, $"{feed}, seed {seed}, case '{mutation.Case}', {mutation.What}");
                }
            }
        }

        string[] missing =
        [
            .. CellsOf(feed).Where(cell => !tried.ContainsKey(cell)).Select(static cell => cell.ToString()),
        ];
        output.WriteLine($"{tried.Count} cells, {tried.Values.Sum()} faults");
        Assert.True(missing.Length == 0, $"never tried: {string.Join("; ", missing)}");
    }

    [Fact]
    public void The_document_is_the_table()
    {
        string document = File.ReadAllText(Path.Combine(ProofRecordings.RepositoryRoot, "docs", "MUTATIONS.md"));
        string expected = FeedMutationTable.ToMarkdown();

        Assert.True(document.Contains(expected, StringComparison.Ordinal), "docs/MUTATIONS.md does not hold this table:\n\n" + expected);
    }

    public static TheoryData<string> Feeds => [.. MutatedFeed.All.Select(static feed => feed.Name)];

    // That a fault changes nothing is chance, and so is what the one update behind each of a few snapshots touches: checked where it comes up, not waited for.
    private static IEnumerable<(MutatedMessage Message, Fault Fault, string Case)> CellsOf(MutatedFeed feed) => FeedMutationTable.Rows.Where(row =>
        row.Case != FeedCases.Same
        && row is not { Message: MutatedMessage.Snapshot, Fault: Fault.Swapped, Case: FeedCases.Deeper }
        && FeedMutationTable.OutcomeOf(feed, row.Message, row.Fault, row.Case) is not null);

    private static void Check(FeedMutation mutation, SimpleFeedReplay clean, string what)
    {
        FeedOutcome outcome = mutation.Outcome;
        SimpleFeedReplay replay = mutation.Feed.Create();
        for (int i = 0; i < mutation.Frames.Count; i++)
        {
            int signs = Signs(replay);
            replay.Feed(mutation.Frames[i]);
            bool sign = Signs(replay) > signs;
            if (mutation.ShownAt >= 0 && i <= mutation.ShownAt)
            {
                Assert.True(sign == (i == mutation.ShownAt), $"sign {sign} at frame {i}, must be at {mutation.ShownAt} ({replay.LastFault}): {what}");
            }
            else if (outcome.Shown is FaultShown.Never or FaultShown.Harmless || (outcome is { Shown: FaultShown.Perhaps, State: not null }))
            {
                Assert.False(sign, $"a sign at frame {i} ({replay.LastFault}): {what}");
            }
        }

        foreach (SimpleFeedStream stream in replay.Streams)
        {
            bool isHit = stream.Symbol == mutation.Symbol;
            bool wasLive = mutation.OtherBooks.Contains(stream.Symbol);
            if (isHit || (mutation.Symbol is null && wasLive))
            {
                bool isExpected = outcome.State is { } state ? stream.State == state : stream.State is SimpleBookState.Live or SimpleBookState.Broken;
                Assert.True(isExpected, $"{stream.State}, not {outcome.State}: {what}");
            }
            else if (wasLive)
            {
                Assert.True(stream.State == (outcome.BreaksAll ? SimpleBookState.Broken : SimpleBookState.Live), $"{stream.Symbol} is {stream.State}: {what}");
            }

            SimpleFeedStream? unharmed = clean.Streams.FirstOrDefault(other => other.Symbol == stream.Symbol);
            if (isHit && outcome is { IsRight: true, State: SimpleBookState.Live })
            {
                Assert.True(FeedMutations.SameBooks(unharmed!.Book, stream.Book), $"another book: {what}");
            }
        }
    }

    private static int Signs(SimpleFeedReplay replay) => replay.Rejected + replay.Gaps + replay.ConnectionGaps;
}
