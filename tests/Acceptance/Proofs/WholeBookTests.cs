using System.Text;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// After every message of every recording the engine's whole book is that of the plain replay: state, sequence, all levels in order, text included.
/// </summary>
public sealed class WholeBookTests(ITestOutputHelper output)
{
    // How often the engine's own text of a long recording's book is made as well; of a short one it is made at every message.
    private const int MessagesPerText = 5_000;
    private const int ShortMessagesMax = 1_000;

    [Theory]
    [MemberData(nameof(ProofRecordings.Bundled), MemberType = typeof(ProofRecordings))]
    public void Equal_after_every_message_of_the_bundled_recordings(BinanceMarket market, string[] files) => Check(market, files, null);

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [MemberData(nameof(ProofRecordings.Long), MemberType = typeof(ProofRecordings))]
    public void Equal_after_every_message_of_the_long_recordings(BinanceMarket market, string[] files) => Check(market, files, null);

    /// <summary>A narrow ladder keeps most levels in its other half, where the wide one keeps next to none.</summary>
    [Theory]
    [InlineData(BinanceMarket.Spot, Nkn)]
    [InlineData(BinanceMarket.UsdM, Sushi)]
    [InlineData(BinanceMarket.Spot, Spot8)]
    public void Equal_with_the_narrowest_ladder(BinanceMarket market, string file) => Check(market, [file], new EngineOptions { WindowBits = 12 });

    [RecordingTheory(CoinM8)]
    [InlineData(BinanceMarket.CoinM, CoinM8)]
    public void Equal_with_the_narrowest_ladder_on_a_long_recording(BinanceMarket market, string file) =>
        Check(market, [file], new EngineOptions { WindowBits = 12 });

    /// <summary>The harness itself: one level that is altered for one of the two shows at that very message.</summary>
    [Theory]
    [InlineData(Fault.PriceAltered)]
    [InlineData(Fault.QuantityAltered)]
    [InlineData(null)]
    public void One_altered_level_is_noticed_at_its_message(Fault? fault)
    {
        RecordedFrame[] frames = [.. ProofRecordings.Read(Nkn)];
        var mutations = new Mutations(BinanceMarket.Spot, frames);
        int noticed = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            // Without a fault: a zero more behind the quantity, which is the same number in another text.
            Mutation mutation = mutations.TryMake(MutatedMessage.Delta, fault ?? Fault.Dropped, seed)!;
            int position = mutation.Position;
            RecordedFrame altered = fault is null ? WithLongerText(frames[position]) : mutation.Frames[position];
            if (altered.Bytes.Span.SequenceEqual(frames[position].Bytes.Span) || (fault is not null && !mutations.ChangesBook(mutation)))
            {
                continue;
            }

            using EnginePipeline engine = EnginePipeline.InMemory(BinanceMarket.Spot, SymbolOf(Nkn));
            var plain = new SimpleBinanceReplay(BinanceMarket.Spot, SymbolOf(Nkn));
            var comparison = new BookComparison();
            for (int i = 0; i < position; i++)
            {
                engine.Feed(frames[i]);
                plain.Feed(frames[i]);
                Assert.Null(comparison.Difference(engine.Book, plain.Streams.SingleOrDefault()));
            }

            engine.Feed(altered);
            plain.Feed(frames[position]);
            Assert.NotNull(comparison.Difference(engine.Book, plain.Streams.SingleOrDefault()));
            noticed++;
        }

        Assert.True(noticed >= 5, $"only {noticed} faults changed a book");
    }

    private static RecordedFrame WithLongerText(RecordedFrame frame)
    {
        string text = Encoding.UTF8.GetString(frame.Bytes.Span);
        int end = text.IndexOf("0\"]", StringComparison.Ordinal);
        int start = end < 0 ? -1 : text.LastIndexOf(",\"", end, StringComparison.Ordinal);
        bool isDelete = start >= 0 && text[(start + 2)..(end + 1)].All(static c => c is '0' or '.');
        return start < 0 || isDelete ? frame : frame with { Bytes = Encoding.UTF8.GetBytes(text.Insert(end + 1, "0")) };
    }

    private void Check(BinanceMarket market, string[] files, EngineOptions? options)
    {
        string symbol = SymbolOf(files[0]);
        using EnginePipeline engine = EnginePipeline.InMemory(market, symbol, options);
        var plain = new SimpleBinanceReplay(market, symbol);
        var comparison = new BookComparison();
        int messages = 0;
        bool isShort = ProofRecordings.Read(files).Take(ShortMessagesMax + 1).Count() <= ShortMessagesMax;
        foreach (RecordedFrame frame in ProofRecordings.Read(files))
        {
            engine.Feed(frame);
            plain.Feed(frame);
            messages++;
            string? difference = comparison.Difference(engine.Book, plain.Streams.SingleOrDefault());
            if (difference is null && plain.Streams.Count > 0 && (isShort || messages % MessagesPerText == 0))
            {
                difference = DifferenceInOwnText(engine.Book!, plain.Streams[0]);
            }

            if (difference is not null)
            {
                Assert.Fail($"file {frame.FileIndex}, line {frame.Line}: {difference}");
            }
        }

        Assert.Null(DifferenceInOwnText(engine.Book!, plain.Streams[0]));
        output.WriteLine($"{messages:N0} messages, {comparison.LevelsCompared:N0} levels compared as text");
        CheckCounts(engine, plain);
    }

    private static void CheckCounts(EnginePipeline engine, SimpleBinanceReplay plain)
    {
        StreamTotals totals = engine.Book!.Totals;
        Assert.Equal(
            (plain.Messages, plain.Rejected, plain.Gaps, plain.Duplicates, plain.Resyncs),
            ((int)engine.Logic.Totals.Messages, (int)engine.Logic.Totals.Rejected, (int)totals.Gaps, (int)totals.Duplicates, (int)totals.Resyncs));
        Assert.Equal(
            (plain.Crossed, plain.Locked, plain.AbsentDeletes, plain.BboCompared, plain.BboEqual),
            ((int)totals.Crossed, (int)totals.Locked, (int)totals.AbsentDeletes, (int)totals.BestCompared, (int)totals.BestEqual));
    }

    /// <summary>The same once more with the text that the engine itself makes of a level.</summary>
    private static string? DifferenceInOwnText(BookStream engine, SimpleDepthStream plain) =>
        DifferenceInOwnText(engine.Book, Side.Bid, plain.Book.Bids) ?? DifferenceInOwnText(engine.Book, Side.Ask, plain.Book.Asks);

    private static string? DifferenceInOwnText(L2Book book, Side side, IReadOnlyDictionary<decimal, SimpleLevel> plain)
    {
        IEnumerable<(string, string)> own = book.ToArray(side).Select(level => (book.PriceOf(level), book.QuantityOf(level)));
        return own.SequenceEqual(plain.Values.Select(static level => (level.PriceText, level.QuantityText))) ? null : $"{side}: the engine's own text differs";
    }
}
