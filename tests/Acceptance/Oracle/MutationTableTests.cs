using Lob.Fast.Baselines;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The table of faults is what the plain replay shows when recordings are hit by them, and its document is the table.</summary>
public sealed class MutationTableTests
{
    // Many seeds, because some cases are seldom made by one digit; few of the common ones are replayed.
    private const int Seeds = 80;
    private const int ReplaysPerCase = 5;

    // Enough of a long recording for a bridge, a hundred deltas and ticker ids that coincide.
    private const int FramesOfLong = 1_000;

    private static readonly (BinanceMarket Market, string File)[] Sources =
    [
        (BinanceMarket.Spot, Nkn),
        (BinanceMarket.Spot, Spot8),
        (BinanceMarket.UsdM, Sushi),
        (BinanceMarket.UsdM, Keep),
        (BinanceMarket.UsdM, UsdM),
        (BinanceMarket.CoinM, CoinM8),
    ];

    [RecordingFact(Nkn, Spot8, Sushi, Keep, UsdM, CoinM8)]
    public void Every_row_is_what_a_replay_shows()
    {
        var seen = new HashSet<MutationRule>();
        var wrong = new HashSet<MutationRule>();
        foreach ((BinanceMarket market, string file) in Sources)
        {
            RecordedFrame[] frames = [.. Read(file).Take(FramesOfLong)];
            var mutations = new Mutations(market, frames);
            SimpleBinanceReplay clean = Replay(market, frames);
            foreach (MutatedMessage message in Enum.GetValues<MutatedMessage>())
            {
                foreach (Fault fault in Enum.GetValues<Fault>())
                {
                    var tried = new Dictionary<MutationRule, int>();
                    for (int seed = 0; seed < Seeds; seed++)
                    {
                        Mutation? mutation = mutations.TryMake(message, fault, seed);
                        if (mutation is null)
                        {
                            break;
                        }

                        MutationRule rule = MutationTable.RuleOf(market, mutation);
                        tried[rule] = tried.GetValueOrDefault(rule) + 1;
                        if (tried[rule] > ReplaysPerCase)
                        {
                            continue;
                        }

                        seen.Add(rule);
                        Check(market, rule, mutation, clean, $"{file}, seed {seed}, {mutation.What}");
                        if (!rule.BookIsRight && !wrong.Contains(rule)
                            && (mutations.ChangesBook(mutation) || !Mutations.SameBooks(clean, Replay(market, mutation.Frames))))
                        {
                            wrong.Add(rule);
                        }
                    }
                }
            }
        }

        AssertNone("never tried", MutationTable.Rules.Where(rule => !seen.Contains(rule)));
        AssertNone("never wrong", MutationTable.Rules.Where(rule => !rule.BookIsRight && !wrong.Contains(rule)));
    }

    [RecordingFact(Nkn)]
    public void The_same_seed_makes_the_same_fault()
    {
        var mutations = new Mutations(BinanceMarket.Spot, [.. Read(Nkn)]);

        Assert.Equal(
            mutations.TryMake(MutatedMessage.Delta, Fault.PriceAltered, 7)!.What,
            mutations.TryMake(MutatedMessage.Delta, Fault.PriceAltered, 7)!.What);
    }

    [Fact]
    public void No_fault_has_two_rows() =>
        Assert.Equal(
            MutationTable.Rules.Count,
            MutationTable.Rules.Select(static rule => (rule.IsSpot, rule.Message, rule.Fault, rule.Case)).Distinct().Count());

    [Fact]
    public void The_document_is_the_table()
    {
        string document = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "MUTATIONS.md"));
        string expected = MutationTable.ToMarkdown();

        Assert.True(document.Contains(expected, StringComparison.Ordinal), "docs/MUTATIONS.md does not hold these tables:\n\n" + expected);
    }

    private static void AssertNone(string what, IEnumerable<MutationRule> rules) =>
        Assert.True(!rules.Any(), $"{what}: {string.Join("; ", rules)}");

    private static void Check(BinanceMarket market, MutationRule rule, Mutation mutation, SimpleBinanceReplay clean, string what)
    {
        // Where the sign of a fault that shows with the next message has to come.
        int next = mutation.Fault == Fault.Dropped ? mutation.Position : mutation.Position + 1;
        while (next < mutation.Frames.Count && SimpleBinanceParser.StreamNameOf(mutation.Frames[next].Bytes.Span)?.Contains("@depth", StringComparison.Ordinal) != true)
        {
            next++;
        }

        var replay = new SimpleBinanceReplay(market);
        for (int i = 0; i < mutation.Frames.Count; i++)
        {
            int signs = replay.Gaps + replay.Rejected;
            replay.Feed(mutation.Frames[i]);
            bool sign = replay.Gaps + replay.Rejected > signs;
            if (rule.Shown == FaultShown.AtOnce && i == mutation.Position)
            {
                Assert.True(sign, $"not at once: {what}");
            }
            else if (rule.Shown == FaultShown.NextMessage && i <= next)
            {
                Assert.True(sign == (i == next), $"sign {sign} at frame {i}, next is {next}: {what}");
            }
            else if (rule.Shown is FaultShown.TickerProof or FaultShown.Never or FaultShown.Harmless)
            {
                Assert.False(sign, $"a sign at frame {i}: {what}");
            }
        }

        SimpleDepthStream stream = Assert.Single(replay.Streams);
        Assert.True(rule.State == stream.State, $"{stream.State}, not {rule.State}: {what}");
        if (rule.Shown == FaultShown.NotLive)
        {
            Assert.True(stream.Bridges.Count == 0, $"it became live: {what}");
        }

        if (rule.Shown is FaultShown.Never or FaultShown.Harmless)
        {
            Assert.True(replay.BboEqual == replay.BboCompared, $"the ticker proof shows it: {what}");
        }

        if (rule.Shown is FaultShown.Harmless || (rule.BookIsRight && rule.State == SimpleBookState.Live))
        {
            Assert.True(Mutations.SameBooks(clean, replay), $"another book: {what}");
        }
    }

    private static SimpleBinanceReplay Replay(BinanceMarket market, IReadOnlyList<RecordedFrame> frames)
    {
        var replay = new SimpleBinanceReplay(market);
        foreach (RecordedFrame frame in frames)
        {
            replay.Feed(frame);
        }

        return replay;
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Lob.Fast.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("no Lob.Fast.sln on the way up");
    }
}
