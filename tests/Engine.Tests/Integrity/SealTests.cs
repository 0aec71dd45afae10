using System.Security.Cryptography;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Tests.TestSupport;
using static Lob.Fast.Engine.Tests.TestSupport.Level;

namespace Lob.Fast.Engine.Tests.Integrity;

public class SealTests
{
    [Fact]
    public void A_seal_says_what_the_second_brought_and_what_the_book_holds()
    {
        using Market market = Market.Spot();
        market.Snapshot(99, Bid(9_900, 10), Ask(10_100, 20));
        market.Delta(95, 100, Bid(9_899, 1), Bid(5, 0));
        market.Delta(101, 103, Bid(9_898, 1));
        market.Delta(101, 103, Bid(9_898, 1)); // duplicate
        market.Ticker(103, 9_900, 10, 10_100, 20);
        market.Ticker(104, 9_900, 10, 10_100, 21);
        market.Delta(104, 104); // compared and not equal
        market.Delta(110, 110); // gap
        market.Rejected(Market.BookStreamId);
        market.Snapshot(109, Bid(9_900, 10), Bid(9_800, 1), Ask(10_100, 20)); // resync with 110

        Record[] derived = market.TickAt(1);
        Assert.Equal([RecordKind.Seal, RecordKind.Seal, RecordKind.Seal, RecordKind.SealChain], derived.Kinds());
        Seal seal = derived.Seal();
        Assert.Equal(
            ((byte)BookState.Live, 95L, 110L, 2u, 1u, market.Stream.VenueTimeNs),
            (seal.Header.Code, seal.FirstSequence, seal.LastSequence, seal.BidLevels, seal.AskLevels, seal.Header.VenueTimeNs));
        Assert.Equal(market.Book.Digest, new Digest128(seal.DigestLow, seal.DigestHigh));
        SealCounts counts = derived.Counts();
        Assert.Equal((byte)Evidence.Sequence, counts.Header.Code);
        Assert.Equal((5u, 4u, 3u, 1u), (counts.Messages, counts.Applied, counts.Levels, counts.AbsentDeletes));
        Assert.Equal((1u, 1u, 1u, 1u), (counts.Gaps, counts.Resyncs, counts.Rejected, counts.Duplicates));
        SealProofs proofs = derived.Proofs();
        Assert.Equal((2u, 1u), (proofs.BestCompared, proofs.BestEqual));
        Assert.Equal((0u, 0u, 0u), (proofs.ChecksumMatches, proofs.ChecksumMismatches, proofs.ChecksumsNotOffered));
    }

    [Fact]
    public void Counts_start_over_each_second_and_a_second_without_change_has_no_seal()
    {
        using Market market = Market.LiveSpot();
        market.TickAt(1);
        market.WaitUntil(1.5);
        market.Delta(101, 102, Bid(9_950, 1));
        Record[] derived = market.TickAt(2);
        Assert.Equal((1u, 1u, 1u, 101L), (derived.Counts().Messages, derived.Counts().Applied, derived.Counts().Levels, derived.Seal().FirstSequence));

        int seals = market.Journal.Seals;
        Assert.Empty(market.TickAt(3));
        market.Ticker(500, 1, 1, 1, 1);
        market.Process(Messages.Snapshot(Market.Snapshots, 500, SnapshotLimits.None, market.NowNs));
        Assert.Empty(market.TickAt(4));
        Assert.Equal((seals + 2, 2), (market.Journal.Seals, market.Logic.Totals.Seals));

        // A duplicate is a change of the counts, not of the sequence.
        market.WaitUntil(4.5);
        market.Delta(101, 102);
        derived = market.TickAt(5);
        Assert.Equal((1u, 0u, 1u), (derived.Counts().Messages, derived.Counts().Applied, derived.Counts().Duplicates));
        Assert.Equal((Sequence.None, 102L), (derived.Seal().FirstSequence, derived.Seal().LastSequence));
    }

    [Fact]
    public void Only_streams_that_changed_are_sealed_in_the_order_of_their_declaration()
    {
        using Market market = Market.LiveSpot();
        market.Process(Messages.Stream(4, 1, StreamRole.Book, ContinuityRule.Range, BridgeRule.RangeAfter, market.NowNs));
        market.Process(Messages.Delta(4, 1, 2, 0, market.NowNs));
        Record[] derived = market.TickAt(1);
        Assert.Equal([1u, 1u, 1u, 4u, 4u, 4u, 0u], derived.Select(static record => record.Header.StreamId));
        Assert.Equal(2u, derived.Single<SealChain>().Seals);
        Assert.Equal((byte)BookState.Bridging, derived.Seal(4).Header.Code);
        Assert.Equal((byte)Evidence.None, derived.Counts(4).Header.Code);

        market.Process(Messages.Delta(4, 3, 3, 0, market.NowNs));
        Assert.Equal([4u, 4u, 4u, 0u], market.TickAt(2).Select(static record => record.Header.StreamId));
    }

    [Fact]
    public void The_chain_hashes_every_seal_with_the_link_before()
    {
        using Market market = Market.LiveSpot();
        byte[] head = new byte[32];
        uint index = 0;
        var random = new Random(1);
        for (int second = 1; second <= 20; second++)
        {
            market.WaitUntil(second - 0.5);
            bool quiet = second > 1 && random.Next(3) == 0;
            if (!quiet)
            {
                long next = market.Stream.LastSequence + 1;
                market.Delta(next, next, Bid(9_000 + random.Next(1_000), random.Next(5)));
            }

            Record[] derived = market.TickAt(second);
            if (quiet)
            {
                Assert.Empty(derived);
                continue;
            }

            Record[] seals = [.. derived.Where(static record => record.Header.Kind == RecordKind.Seal)];
            head = SHA256.HashData([.. head, .. RecordBytes.Bytes(seals)]);
            SealChain chain = derived.Single<SealChain>();
            Assert.Equal((Convert.ToHexStringLower(head), ++index, 1u), (chain.Hash.ToString(), chain.Index, chain.Seals));
            Assert.Equal(chain.Hash.ToString(), market.Logic.Chain.Head.ToString());
        }

        Assert.Equal(index, market.Logic.Chain.Index);
    }

    [Fact]
    public void The_end_of_the_input_seals_the_open_second()
    {
        using Market market = Market.LiveSpot();
        Record[] derived = market.Process(Messages.Tick(market.NowNs, TimerEvent.Close));
        Assert.Equal([RecordKind.Seal, RecordKind.Seal, RecordKind.Seal, RecordKind.SealChain], derived.Kinds());
        Assert.Equal(1, market.Journal.Seals);
    }
}
