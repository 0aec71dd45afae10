using System.Text.Json;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs.Binance;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Reading;
using Lob.Fast.TestSupport;
using Xunit.Abstractions;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// Recording to journal and back: every frame, in order, comes back out of the journal with every field that is kept, numbers in the venue's own
/// text, although derived records and checkpoints of many small segments stand in between.
/// </summary>
public sealed class RoundTripTests(ITestOutputHelper output)
{
    // What docs/fields/binance.md says is not kept.
    private static readonly string[] NotKept = ["ps", "st", "pair", "M"];
    private const string NotKeptOfCandle = "B";

    [Theory]
    [MemberData(nameof(ProofRecordings.Bundled), MemberType = typeof(ProofRecordings))]
    public void Of_the_bundled_recordings(BinanceMarket market, string[] files) => Check(market, files);

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [MemberData(nameof(ProofRecordings.Long), MemberType = typeof(ProofRecordings))]
    public void Of_the_long_recordings(BinanceMarket market, string[] files) => Check(market, files);

    /// <summary>The comparison itself: a field that is missing, added or another number is seen.</summary>
    [Theory]
    [InlineData("""{"e":"x","u":1,"b":[["1.0","2"]]}""", """{"e":"x","u":1,"b":[["1.0","2"]]}""", true)]
    [InlineData("""{"e":"x","u":1,"b":[["1.0","2"]]}""", """{"b":[["1.0","2"]],"u":1,"e":"x","ps":"X"}""", true)]
    [InlineData("""{"e":"x","u":1,"b":[["1.0","2"]]}""", """{"e":"x","u":2,"b":[["1.0","2"]]}""", false)]
    [InlineData("""{"e":"x","u":1,"b":[["1.0","2"]]}""", """{"e":"x","u":1,"b":[["1.00","2"]]}""", false)]
    [InlineData("""{"e":"x","u":1,"b":[["1.0","2"]]}""", """{"e":"x","u":1,"b":[]}""", false)]
    [InlineData("""{"e":"x","u":1,"b":[["1.0","2"]]}""", """{"e":"x","b":[["1.0","2"]]}""", false)]
    [InlineData("""{"e":"x","b":[["1.0","2"]]}""", """{"e":"x","u":1,"b":[["1.0","2"]]}""", false)]
    public void The_comparison_sees_differences(string back, string original, bool same)
    {
        using JsonDocument one = JsonDocument.Parse(original);
        using JsonDocument other = JsonDocument.Parse(back);
        Assert.Equal(same, Same(one.RootElement, other.RootElement));
    }

    private void Check(BinanceMarket market, string[] files)
    {
        using var folder = new TemporaryFolder();
        EnginePipeline.WriteJournal(market, files, folder.Of("journal"), new JournalOptions { SegmentRecords = JournalOptions.SegmentRecordsMin });

        using JournalReader reader = JournalReader.Open(folder.Of("journal"));
        using JournalCursor cursor = reader.Read();
        using IEnumerator<RecordedFrame> frames = ProofRecordings.Read(files).GetEnumerator();
        var writer = new BinanceFrameWriter(VenueOf(market));
        int compared = 0;
        int derived = 0;
        while (cursor.MoveNext())
        {
            derived += cursor.IsDerived ? 1 : 0;
            if (cursor.IsCheckpoint || cursor.IsDerived)
            {
                continue;
            }

            if (cursor.Message[0].Header.Kind != RecordKind.MessageBegin)
            {
                writer.Learn(cursor.Message);
                continue;
            }

            Assert.True(frames.MoveNext(), "the journal holds more messages than the recording frames");
            CheckFrame(frames.Current, cursor.Message[0], writer.Write(cursor.Message));
            compared++;
        }

        Assert.False(frames.MoveNext(), "the journal holds fewer messages than the recording frames");
        output.WriteLine($"{compared:N0} frames out of {reader.Segments.Count} segments, {derived:N0} derived messages in between");
    }

    private static void CheckFrame(RecordedFrame frame, in Record begin, string written)
    {
        using JsonDocument original = JsonDocument.Parse(frame.Bytes);
        using JsonDocument back = JsonDocument.Parse(written);
        JsonElement root = original.RootElement;
        if (!Same(root.TryGetProperty("data", out JsonElement data) ? data : root, back.RootElement))
        {
            Assert.Fail($"file {frame.FileIndex}, line {frame.Line}:\n{root.GetRawText()}\n{written}");
        }

        Assert.Equal(frame.ReceivedAtNs, begin.Header.ReceivedAtNs);
    }

    // The same fields with the same values, in any order; numbers in strings must have the same text.
    private static bool Same(JsonElement original, JsonElement back)
    {
        if (original.ValueKind != back.ValueKind)
        {
            return false;
        }

        if (original.ValueKind == JsonValueKind.Array)
        {
            return original.GetArrayLength() == back.GetArrayLength()
                && original.EnumerateArray().Zip(back.EnumerateArray()).All(static pair => Same(pair.First, pair.Second));
        }

        if (original.ValueKind != JsonValueKind.Object)
        {
            return original.GetRawText() == back.GetRawText();
        }

        bool isCandle = original.TryGetProperty("x", out _);
        int kept = 0;
        foreach (JsonProperty field in original.EnumerateObject())
        {
            if (NotKept.Contains(field.Name) || (isCandle && field.Name == NotKeptOfCandle))
            {
                continue;
            }

            kept++;
            if (!back.TryGetProperty(field.Name, out JsonElement value) || !Same(field.Value, value))
            {
                return false;
            }
        }

        return kept == back.EnumerateObject().Count();
    }
}
