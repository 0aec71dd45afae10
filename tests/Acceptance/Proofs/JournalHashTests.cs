using System.Globalization;
using Lob.Fast.Acceptance.Oracle;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>
/// The journal of every recording has the bytes it had when <c>tests/data/journal-hashes.txt</c> was written: whatever is made faster, nothing that is
/// recorded, derived or sealed changes by it. A change that is meant to alter bytes writes the file anew with <c>LOB_WRITE_JOURNAL_HASHES=1</c>, and says why.
/// </summary>
public sealed class JournalHashTests
{
    private const string WriteVariable = "LOB_WRITE_JOURNAL_HASHES";

    // Many small segments, with a checkpoint each; and larger ones, which the long recordings fill too.
    private static readonly int[] SegmentSizes = [JournalOptions.SegmentRecordsMin, 1 << 17];

    private static readonly string Table = Path.Combine(Recordings.Bundled!, "journal-hashes.txt");

    public static TheoryData<Venue, string> Committed => FrameCountsTests.Committed;

    public static TheoryData<Venue, string> NotCommitted
    {
        get
        {
            TheoryData<Venue, string> rows = FrameCountsTests.NotCommitted;
            rows.Add(Venue.BinanceSpot, $"{Spot8},{Spot9}");
            rows.Add(Venue.BinanceCoinM, $"{CoinM8},{CoinM9}");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Committed))]
    public void The_repositorys_recordings_make_the_bytes_they_always_made(Venue venue, string files) => Check(venue, files);

    [RecordingTheory(Spot9, UsdM, CoinM8, CoinM9, FeedRecordings.BybitLinear, FeedRecordings.Okx2026, FeedRecordings.CoinbaseAdvanced)]
    [MemberData(nameof(NotCommitted))]
    public void The_other_recordings_make_the_bytes_they_always_made(Venue venue, string files) => Check(venue, files);

    /// <summary>
    /// The split layout writes the same bytes however its threads wait: with rings so small that every message meets the end of one and most are larger than it, and
    /// with the ordinary ones.
    /// </summary>
    [Theory]
    [MemberData(nameof(Splits))]
    public void The_repositorys_recordings_make_the_same_bytes_on_three_threads(Venue venue, string files, WaitKind wait, int ringSlots, bool mirror) =>
        CheckSplit(venue, files, wait, ringSlots, mirror);

    [RecordingTheory(Spot9, UsdM, CoinM8, CoinM9, FeedRecordings.BybitLinear, FeedRecordings.Okx2026, FeedRecordings.CoinbaseAdvanced)]
    [MemberData(nameof(NotCommitted))]
    public void The_other_recordings_make_the_same_bytes_on_three_threads(Venue venue, string files) =>
        CheckSplit(venue, files, WaitKind.Yield, RecordRing<NamedWaitStrategy>.CapacityMin, mirror: true);

    public static TheoryData<Venue, string, WaitKind, int, bool> Splits
    {
        get
        {
            var rows = new TheoryData<Venue, string, WaitKind, int, bool>();
            foreach (object[] recording in Committed)
            {
                (var venue, var files) = ((Venue)recording[0], (string)recording[1]);
                rows.Add(venue, files, WaitKind.Yield, RecordRing<NamedWaitStrategy>.CapacityMin, true);
                rows.Add(venue, files, WaitKind.Park, RecordRing<NamedWaitStrategy>.CapacityMin, false);
                rows.Add(venue, files, WaitKind.Spin, RecordRing<NamedWaitStrategy>.CapacityDefault, true);
            }

            return rows;
        }
    }

    [Fact]
    public void The_table_has_no_row_that_no_test_looks_at()
    {
        var tested = new HashSet<string>(Committed.Concat(NotCommitted)
            .SelectMany(static row => SegmentSizes.Select(size => Key((Venue)row[0], (string)row[1], size))));
        Assert.Equal(tested.Order(StringComparer.Ordinal), Rows().Select(static row => row.Key).Order(StringComparer.Ordinal));
    }

    private static void Check(Venue venue, string files)
    {
        foreach (int segmentRecords in SegmentSizes)
        {
            string key = Key(venue, files, segmentRecords);
            string hash = HashOf(venue, files.Split(','), segmentRecords);
            if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            {
                File.WriteAllLines(Table, Rows().Where(row => row.Key != key).Append(new(key, hash))
                    .OrderBy(static row => row.Key, StringComparer.Ordinal).Select(static row => $"{row.Value}  {row.Key}"));
            }

            Assert.Equal($"{hash}  {key}", Expected(key));
        }
    }

    private static void CheckSplit(Venue venue, string files, WaitKind wait, int ringSlots, bool mirror)
    {
        var options = new PipelineOptions
        {
            Plan = new LayoutPlan(Layout.Split, wait, [], []),
            MessageRingSlots = ringSlots,
            JournalRingSlots = ringSlots,
            MirrorRings = mirror,
        };
        foreach (int segmentRecords in SegmentSizes)
        {
            string key = Key(venue, files, segmentRecords);
            Assert.Equal($"{HashOf(venue, files.Split(','), segmentRecords, options)}  {key}", Expected(key));
        }
    }

    private static string? Expected(string key) => Rows().Where(row => row.Key == key).Select(static row => $"{row.Value}  {row.Key}").SingleOrDefault();

    private static string HashOf(Venue venue, string[] files, int segmentRecords, PipelineOptions? options = null)
    {
        string[] paths = [.. files.Select(Recordings.PathOf)];
        using var folder = new TemporaryFolder();
        IVenueDecoder decoder = CodecFactory.Create(venue, new DecoderOptions { SymbolResolver = () => DepthSymbolScan.OnlySymbol(paths) });
        var journal = new JournalOptions { SegmentRecords = segmentRecords };
        using (var host = new PipelineHost<IVenueDecoder>(decoder, options ?? new PipelineOptions(), logic => JournalWriter.Create(folder.Of("journal"), logic, journal)))
        {
            using var reader = new RecordingReader(paths);
            while (reader.TryRead(out RecordedLine line))
            {
                if (line.Reason == RejectReason.None)
                {
                    host.OnFrame(line.Frame);
                }
                else
                {
                    host.OnRejected(line.Frame, line.Reason, line.FaultByte);
                }
            }

            host.Close();
        }

        return JournalHash.Of(folder.Of("journal"));
    }

    private static string Key(Venue venue, string files, int segmentRecords) =>
        string.Create(CultureInfo.InvariantCulture, $"{segmentRecords} {venue.ToName()} {files}");

    private static List<KeyValuePair<string, string>> Rows() => !File.Exists(Table) ? [] :
        [.. File.ReadLines(Table).Select(static line => line.Split("  ", 2)).Select(static parts => new KeyValuePair<string, string>(parts[1], parts[0]))];
}
