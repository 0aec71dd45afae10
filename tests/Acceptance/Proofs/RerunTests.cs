using System.Globalization;
using System.Text.RegularExpressions;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Reruns;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// The inputs of a journal lead to its derived records and checkpoints again, byte by byte; a reader comes to every seal by itself; and the
/// same recording always makes the same files. One changed record is named by whoever looks.
/// </summary>
public sealed class RerunTests(ITestOutputHelper output)
{
    private static readonly JournalOptions Tiny = new() { SegmentRecords = JournalOptions.SegmentRecordsMin };

    // Offsets in a record.
    private const int DigestByte = 24;
    private const int QuantityByte = 32;

    [Theory]
    [MemberData(nameof(ProofRecordings.Bundled), MemberType = typeof(ProofRecordings))]
    public void Of_the_bundled_recordings(BinanceMarket market, string[] files) => Check(market, files);

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [MemberData(nameof(ProofRecordings.Long), MemberType = typeof(ProofRecordings))]
    public void Of_the_long_recordings(BinanceMarket market, string[] files) => Check(market, files);

    [Theory]
    [MemberData(nameof(ProofRecordings.Bundled), MemberType = typeof(ProofRecordings))]
    public void Two_runs_over_the_bundled_recordings_give_the_same_bytes(BinanceMarket market, string[] files) => CheckBytes(market, files);

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [MemberData(nameof(ProofRecordings.Long), MemberType = typeof(ProofRecordings))]
    public void Two_runs_over_the_long_recordings_give_the_same_bytes(BinanceMarket market, string[] files) => CheckBytes(market, files);

    [Theory]
    [InlineData(BinanceMarket.UsdM, Sushi)]
    [InlineData(BinanceMarket.Spot, Spot8)]
    public void An_altered_derived_record_is_named(BinanceMarket market, string file)
    {
        using var folder = new TemporaryFolder();
        EnginePipeline.WriteJournal(market, [file], folder.Of("journal"), Tiny);
        var random = new Random(1);
        List<(int Segment, int Slot, Record Record)> seals = JournalCopy.Places(
            folder.Of("journal"), static record => IsSeal(record) && (BookState)record.Header.Code == BookState.Live);
        for (int copy = 0; copy < 5; copy++)
        {
            (int segment, int slot, _) = seals[random.Next(seals.Count)];
            string altered = folder.Of($"copy{copy}");
            JournalCopy.Make(folder.Of("journal"), altered);
            JournalCopy.Alter(altered, segment, slot, DigestByte);

            using JournalReader reader = JournalReader.Open(altered);
            string place = $"segment {segment:D8}, record {slot}:";
            Assert.StartsWith(place, JournalRerun.Run(reader).Difference, StringComparison.Ordinal);
            Assert.StartsWith(place, SealVerifier.Verify(reader).Difference, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(BinanceMarket.UsdM, Sushi)]
    [InlineData(BinanceMarket.Spot, Spot8)]
    public void An_altered_input_level_is_named_with_the_next_seal(BinanceMarket market, string file)
    {
        using var folder = new TemporaryFolder();
        EnginePipeline.WriteJournal(market, [file], folder.Of("journal"), Tiny);
        List<(int Segment, int Slot, Record Record)> places = JournalCopy.Places(
            folder.Of("journal"),
            static record => record.Header.Kind == RecordKind.LevelSet && !record.Header.Has(RecordFlags.Derived | RecordFlags.Snapshot));
        List<(int Segment, int Slot, Record Record)> seals = JournalCopy.Places(folder.Of("journal"), IsSeal);
        var random = new Random(2);
        int named = 0;
        for (int copy = 0; named < 5 && copy < 100; copy++)
        {
            // One that is still the book's when the next seal comes.
            int at = random.Next(places.Count / 2, places.Count);
            (int segment, int slot, Record record) = places[at];
            (int Segment, int Slot, Record Record) seal = seals.FirstOrDefault(found => (found.Segment, found.Slot).CompareTo((segment, slot)) > 0);
            if (seal.Record.Header.Kind != RecordKind.Seal || Record.Read<LevelSet>(record).QuantityLots is 0 or 255 || IsSetAgain(places, at, seal))
            {
                continue;
            }

            string altered = folder.Of($"copy{copy}");
            JournalCopy.Make(folder.Of("journal"), altered);
            JournalCopy.Alter(altered, segment, slot, QuantityByte);

            using JournalReader reader = JournalReader.Open(altered);
            AssertNamedUpTo(seal, JournalRerun.Run(reader).Difference, "rerun");
            AssertNamedUpTo(seal, SealVerifier.Verify(reader).Difference, "seals");
            named++;
        }

        Assert.Equal(5, named);
    }

    private static bool IsSeal(Record record) => record.Header.Kind == RecordKind.Seal && !record.Header.Has(RecordFlags.Continued);

    // Whoever compares may find it earlier than the seal: a checkpoint, a ticker proof.
    private static void AssertNamedUpTo((int Segment, int Slot, Record Record) seal, string? difference, string what)
    {
        Match place = Regex.Match(difference ?? "", "^segment ([0-9]+), record ([0-9]+): ");
        Assert.True(place.Success, $"{what}: {difference ?? "no difference"}");
        (int, int) found = (int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(place.Groups[2].Value, CultureInfo.InvariantCulture));
        Assert.True(found.CompareTo((seal.Segment, seal.Slot)) <= 0, $"{what}: {difference}; the next seal is at segment {seal.Segment}, record {seal.Slot}");
    }

    private static bool IsSetAgain(List<(int Segment, int Slot, Record Record)> places, int at, (int Segment, int Slot, Record Record) seal)
    {
        LevelSet level = Record.Read<LevelSet>(places[at].Record);
        return places.Skip(at + 1).TakeWhile(place => (place.Segment, place.Slot).CompareTo((seal.Segment, seal.Slot)) < 0)
            .Select(static place => Record.Read<LevelSet>(place.Record))
            .Any(other => other.PriceTicks == level.PriceTicks && other.Header.Side == level.Header.Side);
    }

    private void Check(BinanceMarket market, string[] files)
    {
        using var folder = new TemporaryFolder();
        EnginePipeline.WriteJournal(market, files, folder.Of("tiny"), Tiny);
        EnginePipeline.WriteJournal(market, files, folder.Of("default"));
        foreach (string name in new[] { "tiny", "default" })
        {
            using JournalReader reader = JournalReader.Open(folder.Of(name));

            // The size of a ladder decides nothing that is journaled.
            RerunResult rerun = JournalRerun.Run(reader, name == "tiny" ? new EngineOptions { WindowBits = 12 } : null);
            SealVerification seals = SealVerifier.Verify(reader);

            Assert.Null(rerun.Difference);
            Assert.Null(seals.Difference);
            Assert.True(rerun is { InputRecords: > 0, DerivedRecords: > 0 });
            Assert.True(seals is { Seals: > 0, ChainLinks: > 0 });
            output.WriteLine(
                $"{name}: {reader.Segments.Count} segments, {rerun.InputRecords:N0} input and {rerun.DerivedRecords:N0} derived records, "
                + $"{seals.Seals} seals, {seals.ChainLinks} links");
        }
    }

    private static void CheckBytes(BinanceMarket market, string[] files)
    {
        using var folder = new TemporaryFolder();
        EnginePipeline.WriteJournal(market, files, folder.Of("one"), Tiny);
        EnginePipeline.WriteJournal(market, files, folder.Of("other"), Tiny);
        JournalCopy.AssertSameBytes(folder.Of("one"), folder.Of("other"));
    }
}
