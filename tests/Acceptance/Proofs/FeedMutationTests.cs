using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Faults;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.FeedRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// Recordings of Bybit, OKX, Bitfinex and Coinbase with one fault at a random place, from fixed seeds: after every frame of the damaged recording the engine's
/// books are those of the plain replay, of which the table of faults is known to be true.
/// </summary>
public sealed class FeedMutationTests(ITestOutputHelper output)
{
    private const int Seeds = 12;
    private const int ReplaysPerCase = 3;

    [RecordingTheory(Okx2022, Okx2026, BitfinexSequence, BybitLinear, CoinbaseAdvanced, CoinbaseExchange)]
    [MemberData(nameof(Feeds))]
    public void The_engine_and_the_plain_replay_judge_alike(string name)
    {
        MutatedFeed feed = MutatedFeed.All.Single(feed => feed.Name == name);
        Venue venue = VenueOf(feed);
        Assert.Contains(venue, CodecFactory.Supported);
        var mutations = new FeedMutations(feed, [.. FramesOf(feed)]);
        var tried = new Dictionary<(MutatedMessage, Fault, string), int>();
        List<string> differences = [];
        foreach ((MutatedMessage message, Fault fault) in FeedMutationTable.Rows.Select(static row => (row.Message, row.Fault)).Distinct())
        {
            for (int seed = 0; seed < Seeds; seed++)
            {
                // Other places than those on which the table itself was checked.
                FeedMutation? mutation = mutations.TryMake(message, fault, 1_000 + seed);
                if (mutation is null)
                {
                    break;
                }

                var key = (message, fault, mutation.Case);
                tried[key] = tried.GetValueOrDefault(key) + 1;
                if (tried[key] <= ReplaysPerCase && !IsJudgedOtherwise(mutation) && Difference(venue, mutation) is { } difference)
                {
                    differences.Add($"seed {1_000 + seed}, case '{mutation.Case}', {mutation.What}: {difference}");
                }
            }
        }

        output.WriteLine($"{tried.Values.Sum(static count => Math.Min(count, ReplaysPerCase))} faults of {tried.Count} kinds");
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    public static TheoryData<string> Feeds => [.. MutatedFeed.All.Select(static feed => feed.Name)];

    /// <summary>
    /// Where the engine is the more careful one: a frame of Coinbase that was cut off is of any book to it, if it is of Advanced Trade or of a channel that
    /// has not been declared; to the plain replay it is of what it names.
    /// </summary>
    private static bool IsJudgedOtherwise(FeedMutation mutation) =>
        mutation.Fault == Fault.Truncated
        && (mutation.Feed == MutatedFeed.CoinbaseAdvanced || (mutation.Feed == MutatedFeed.CoinbaseExchange && mutation.Message == MutatedMessage.Other));

    private static Venue VenueOf(MutatedFeed feed) => feed.Create() switch
    {
        Baselines.Bybit.SimpleBybitReplay => Venue.BybitLinear,
        Baselines.Okx.SimpleOkxReplay => Venue.Okx,
        Baselines.Bitfinex.SimpleBitfinexReplay => Venue.Bitfinex,
        Baselines.Coinbase.SimpleAdvancedTradeReplay => Venue.CoinbaseAdvanced,
        _ => Venue.Coinbase,
    };

    private static string? Difference(Venue venue, FeedMutation mutation)
    {
        // Every other one with the narrowest ladder.
        var options = new EngineOptions { WindowBits = mutation.Position % 2 == 0 ? 12 : 16 };
        using var comparison = new FeedComparison(venue, mutation.Feed.Create(), options);
        for (int i = 0; i < mutation.Frames.Count; i++)
        {
            if (comparison.Feed(mutation.Frames[i]) is { } difference)
            {
                return $"frame {i}: {difference}";
            }
        }

        return null;
    }
}
