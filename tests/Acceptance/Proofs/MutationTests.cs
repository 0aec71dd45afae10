using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// Recordings with one fault at a random place, from fixed seeds: the engine behaves as the table of faults says, and its book is that of the
/// plain replay after every message of the damaged recording.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Seeds = 40;
    private const int ReplaysPerCase = 3;

    // Enough of a long recording for a bridge and a hundred deltas.
    private const int FramesOfLong = 600;

    public static TheoryData<BinanceMarket, string> Bundled => new()
    {
        { BinanceMarket.Spot, Nkn },
        { BinanceMarket.Spot, Blz },
        { BinanceMarket.Spot, Spot8 },
        { BinanceMarket.UsdM, Sushi },
        { BinanceMarket.UsdM, Akro },
        { BinanceMarket.UsdM, Keep },
    };

    public static TheoryData<BinanceMarket, string> Long => new()
    {
        { BinanceMarket.UsdM, UsdM },
        { BinanceMarket.CoinM, CoinM8 },
    };

    [Theory]
    [MemberData(nameof(Bundled))]
    public void The_engine_shows_of_the_bundled_recordings_what_the_table_says(BinanceMarket market, string file) => Check(market, file);

    [RecordingTheory(UsdM, CoinM8)]
    [MemberData(nameof(Long))]
    public void The_engine_shows_of_the_long_recordings_what_the_table_says(BinanceMarket market, string file) => Check(market, file);

    private void Check(BinanceMarket market, string file)
    {
        RecordedFrame[] frames = [.. ProofRecordings.Read(file).Take(FramesOfLong)];
        var mutations = new Mutations(market, frames);
        BookAt clean = CleanEnd(market, file, frames);
        var tried = new Dictionary<MutationRule, int>();
        foreach (MutatedMessage message in Enum.GetValues<MutatedMessage>())
        {
            foreach (Fault fault in Enum.GetValues<Fault>())
            {
                for (int seed = 0; seed < Seeds; seed++)
                {
                    // Other places than those on which the table itself was checked.
                    Mutation? mutation = mutations.TryMake(message, fault, 1_000 + seed);
                    if (mutation is null)
                    {
                        break;
                    }

                    MutationRule rule = MutationTable.RuleOf(market, mutation);
                    tried[rule] = tried.GetValueOrDefault(rule) + 1;
                    if (tried[rule] <= ReplaysPerCase)
                    {
                        new Trial(market, SymbolOf(file), rule, mutation, $"{file}, seed {1_000 + seed}, {mutation.What}").Run(clean);
                    }
                }
            }
        }

        output.WriteLine($"{tried.Values.Sum(static count => Math.Min(count, ReplaysPerCase))} mutations of {tried.Count} rules");
        Assert.True(tried.Count > (frames.Length < 20 ? 10 : 30), $"only {tried.Count} rules were tried");
    }

    private static BookAt CleanEnd(BinanceMarket market, string file, RecordedFrame[] frames)
    {
        using EnginePipeline engine = EnginePipeline.InMemory(market, SymbolOf(file));
        foreach (RecordedFrame frame in frames)
        {
            engine.Feed(frame);
        }

        return new BookAt(engine.Book!);
    }

    /// <summary>One damaged recording through both implementations.</summary>
    private sealed class Trial(BinanceMarket market, string symbol, MutationRule rule, Mutation mutation, string what)
    {
        public void Run(BookAt clean)
        {
            // Every other one with the narrowest ladder.
            var options = new EngineOptions { WindowBits = mutation.Position % 2 == 0 ? 12 : 16 };
            using EnginePipeline engine = EnginePipeline.InMemory(market, symbol, options);
            var plain = new SimpleBinanceReplay(market, symbol);
            var comparison = new BookComparison();
            int shownAt = ShownAt();
            bool shown = false;
            for (int i = 0; i < mutation.Frames.Count; i++)
            {
                long signs = Signs(engine);
                engine.Feed(mutation.Frames[i]);
                plain.Feed(mutation.Frames[i]);
                bool sign = Signs(engine) > signs;

                string? difference = comparison.Difference(engine.Book, plain.Streams.SingleOrDefault());
                Assert.True(difference is null, $"after frame {i}: {difference}: {what}");
                CheckCounts(engine, plain, i);
                if (i < shownAt || shownAt < 0)
                {
                    Assert.False(sign, $"a sign at frame {i}: {what}");
                }
                else if (i == shownAt)
                {
                    Assert.True(sign, $"no sign at frame {i}: {what}");
                    shown = true;
                }

                // A recording with one snapshot stays there: from the message that shows it on, nothing is claimed of a book that may be wrong.
                if (shown && rule.State != SimpleBookState.Live)
                {
                    Assert.NotEqual(BookState.Live, engine.Book!.State);
                }
            }

            BookStream book = engine.Book!;
            Assert.True(rule.State.ToString() == book.State.ToString(), $"{book.State}, not {rule.State}: {what}");
            if (rule.Shown == FaultShown.NotLive)
            {
                Assert.True(book.Bridges.Count == 0, $"it became live: {what}");
            }

            if (rule.Shown is FaultShown.Never or FaultShown.Harmless)
            {
                Assert.True(book.Totals.BestEqual == book.Totals.BestCompared, $"the ticker proof shows it: {what}");
            }

            if (rule.Shown == FaultShown.Harmless || (rule.BookIsRight && rule.State == SimpleBookState.Live))
            {
                Assert.True(new BookAt(book).DifferenceInLevels(clean) is null, $"another book: {what}");
            }

            if (mutation is { Message: MutatedMessage.Delta, Fault: Fault.Repeated })
            {
                Assert.Equal((1L, 0L), (book.Totals.Duplicates, Signs(engine)));
            }
        }

        private static long Signs(EnginePipeline engine) => engine.Logic.Totals.Rejected + (engine.Book?.Totals.Gaps ?? 0);

        private void CheckCounts(EnginePipeline engine, SimpleBinanceReplay plain, int frame)
        {
            long rejected = engine.Logic.Totals.Rejected;
            Assert.True(plain.Rejected == rejected, $"frame {frame}: {rejected} rejected, plain replay {plain.Rejected} ({plain.LastFault}): {what}");
            if (engine.Book is { } book)
            {
                StreamTotals totals = book.Totals;
                (long, long, long, long, long) own = (totals.Gaps, totals.Duplicates, totals.Resyncs, totals.BestCompared, totals.BestEqual);
                (long, long, long, long, long) its = (plain.Gaps, plain.Duplicates, plain.Resyncs, plain.BboCompared, plain.BboEqual);
                Assert.True(own == its, $"frame {frame}: gaps, duplicates, resyncs, compared, equal {own}, plain replay {its}: {what}");
            }
        }

        /// <summary>The frame at which the fault has to show; −1 = none.</summary>
        private int ShownAt()
        {
            if (rule.Shown == FaultShown.AtOnce)
            {
                return mutation.Position;
            }

            if (rule.Shown != FaultShown.NextMessage)
            {
                // A snapshot that is rejected shows at once, and the book never becomes live.
                return IsRejected(mutation.Frames[Math.Min(mutation.Position, mutation.Frames.Count - 1)]) ? mutation.Position : -1;
            }

            int next = mutation.Fault == Fault.Dropped ? mutation.Position : mutation.Position + 1;
            while (SimpleBinanceParser.StreamNameOf(mutation.Frames[next].Bytes.Span)?.Contains("@depth", StringComparison.Ordinal) != true)
            {
                next++;
            }

            return next;
        }

        private bool IsRejected(RecordedFrame frame)
        {
            try
            {
                SimpleBinanceParser.Parse(frame.Bytes, market);
                return false;
            }
            catch (FormatException)
            {
                return true;
            }
        }
    }
}
