using System.Runtime.InteropServices;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Reruns;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>A recording's second part appended to the journal of its first comes to what both come to in one run.</summary>
public sealed class AppendTests
{
    [RecordingTheory(Spot8, Spot9, CoinM8, CoinM9)]
    [InlineData(BinanceMarket.Spot, Spot8, Spot9, 1_072)]
    [InlineData(BinanceMarket.CoinM, CoinM8, CoinM9, 1_885)]
    public void Two_files(BinanceMarket market, string first, string second, int bestCompared)
    {
        using var folder = new TemporaryFolder();
        using EnginePipeline whole = Replay(EnginePipeline.Journaled(market, SymbolOf(first), folder.Of("whole")), ProofRecordings.Read(first, second));
        uint chainIndex;
        using (EnginePipeline part = Replay(EnginePipeline.Journaled(market, SymbolOf(first), folder.Of("parts")), ProofRecordings.Read(first)))
        {
            chainIndex = part.Logic.Chain.Index;
        }

        using EnginePipeline appended = EnginePipeline.Appending(market, SymbolOf(first), folder.Of("parts"));
        Assert.Equal(chainIndex, appended.Logic.Chain.Index);
        Replay(appended, ProofRecordings.Read(second));

        Compare(whole, appended, folder.Of("whole"), folder.Of("parts"));
        Assert.Equal(bestCompared, SumOfSeals(folder.Of("parts"), static proofs => proofs.BestCompared));
        Assert.Equal(bestCompared, SumOfSeals(folder.Of("parts"), static proofs => proofs.BestEqual));
    }

    /// <summary>The first part ends anywhere: while the first bridge waits, right behind it, inside a second.</summary>
    [Theory]
    [InlineData(BinanceMarket.UsdM, Sushi)]
    [InlineData(BinanceMarket.UsdM, Akro)]
    [InlineData(BinanceMarket.Spot, Nkn)]
    [InlineData(BinanceMarket.Spot, Blz)]
    public void Cut_anywhere(BinanceMarket market, string file)
    {
        RecordedFrame[] frames = [.. ProofRecordings.Read(file)];
        int snapshot = Array.FindIndex(frames, static frame => SimpleBinanceParser.BeginsAsSnapshot(frame.Bytes.Span));
        var random = new Random(3);
        int[] cuts = [1, 2, snapshot, snapshot + 1, .. Enumerable.Range(0, 6).Select(_ => random.Next(1, frames.Length))];
        using var folder = new TemporaryFolder();
        using EnginePipeline whole = Replay(EnginePipeline.Journaled(market, SymbolOf(file), folder.Of("whole")), frames);
        foreach (int cut in cuts.Where(cut => cut > 0 && cut < frames.Length).Distinct())
        {
            string parts = folder.Of($"cut{cut}");
            Replay(EnginePipeline.Journaled(market, SymbolOf(file), parts), frames[..cut]).Dispose();
            using EnginePipeline appended = Replay(EnginePipeline.Appending(market, SymbolOf(file), parts), frames[cut..]);
            Compare(whole, appended, folder.Of("whole"), parts);
        }
    }

    /// <summary>Many parts, the bundled long recording among them.</summary>
    [Fact]
    public void Many_parts()
    {
        using var folder = new TemporaryFolder();
        RecordedFrame[] frames = [.. ProofRecordings.Read(Spot8)];
        using EnginePipeline whole = Replay(EnginePipeline.Journaled(BinanceMarket.Spot, SymbolOf(Spot8), folder.Of("whole")), frames);
        EnginePipeline? last = null;
        foreach (RecordedFrame[] part in frames.Chunk(5_000))
        {
            last?.Dispose();
            last = last is null
                ? EnginePipeline.Journaled(BinanceMarket.Spot, SymbolOf(Spot8), folder.Of("parts"))
                : EnginePipeline.Appending(BinanceMarket.Spot, SymbolOf(Spot8), folder.Of("parts"));
            Replay(last, part);
        }

        Compare(whole, last!, folder.Of("whole"), folder.Of("parts"));
        last!.Dispose();
    }

    /// <summary>Feeds all frames and ends the input.</summary>
    internal static EnginePipeline Replay(EnginePipeline pipeline, IEnumerable<RecordedFrame> frames)
    {
        foreach (RecordedFrame frame in frames)
        {
            pipeline.Feed(frame);
        }

        pipeline.Close();
        return pipeline;
    }

    /// <summary>The appended journal comes to the same books and market data as the one made in one run, and is sound.</summary>
    internal static void Compare(EnginePipeline whole, EnginePipeline appended, string wholeFolder, string partsFolder)
    {
        Assert.Equal(whole.Book is null, appended.Book is null);
        if (whole.Book is not null)
        {
            Assert.Null(new BookAt(appended.Book!).DifferenceTo(new BookAt(whole.Book)));
        }

        AssertSameMarketData(wholeFolder, partsFolder);
        using JournalReader reader = JournalReader.Open(partsFolder);
        Assert.True(reader.Segments.Count > 1);
        Assert.Null(JournalRerun.Run(reader).Difference);
        SealVerification seals = SealVerifier.Verify(reader);
        Assert.Null(seals.Difference);
        Assert.Equal(appended.Logic.Chain.Index, seals.ChainLinks);
    }

    /// <summary>Definitions and market data are the same records in the same order; timers and seals lie differently, because a run's end seals.</summary>
    private static void AssertSameMarketData(string wholeFolder, string partsFolder)
    {
        using JournalReader whole = JournalReader.Open(wholeFolder);
        using JournalReader parts = JournalReader.Open(partsFolder);
        using JournalCursor one = whole.Read();
        using JournalCursor other = parts.Read();
        int messages = 0;
        while (NextMarketData(one))
        {
            Assert.True(NextMarketData(other), $"the parts end after {messages} messages");
            Assert.True(
                MemoryMarshal.AsBytes(one.Message).SequenceEqual(MemoryMarshal.AsBytes(other.Message)),
                $"message {messages} differs: segment {other.SegmentNumber:D8}, record {other.Slot}");
            messages++;
        }

        Assert.False(NextMarketData(other), "the parts hold more messages");
    }

    private static bool NextMarketData(JournalCursor cursor)
    {
        while (cursor.MoveNext())
        {
            if (!cursor.IsCheckpoint && !cursor.IsDerived && cursor.Message[0].Header.Kind != RecordKind.Timer)
            {
                return true;
            }
        }

        return false;
    }

    private static long SumOfSeals(string folder, Func<SealProofs, uint> count)
    {
        using JournalReader reader = JournalReader.Open(folder);
        using JournalCursor cursor = reader.Read();
        long sum = 0;
        while (cursor.MoveNext())
        {
            if (cursor.Message[0].Header.Kind == RecordKind.Seal)
            {
                sum += count(Record.Read<SealProofs>(cursor.Message[2]));
            }
        }

        return sum;
    }
}
