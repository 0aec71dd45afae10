using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Views;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>The files depend on what was recorded, and on nothing else: not on threads, not on where segments begin, not on which part is asked for at once.</summary>
public sealed class DeterminismTests : IClassFixture<DeterminismTests.TwoJournals>
{
    private readonly TwoJournals _journals;

    public DeterminismTests(TwoJournals journals) => _journals = journals;

    public static TheoryData<ViewFormat, string> Cases
    {
        get
        {
            var cases = new TheoryData<ViewFormat, string>();
            foreach (ViewFormat format in Enum.GetValues<ViewFormat>())
            {
                foreach (string every in (string[])["2s", "100ms", "7s", "3m", "message"])
                {
                    cases.Add(format, every);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Threads_and_borders_of_segments_change_no_byte(ViewFormat format, string every)
    {
        Assert.True(ViewCadence.TryParse(every, out ViewCadence cadence));
        SortedDictionary<string, string> whole = Convert(_journals.Whole, format, cadence, workers: 1);

        ViewSame.Assert(whole, Convert(_journals.Pieces, format, cadence, workers: 1), $"{format} {every}, pieces one by one");
        ViewSame.Assert(whole, Convert(_journals.Pieces, format, cadence, workers: 5), $"{format} {every}, pieces by five threads");
        Assert.Contains(whole.Values, static content => content.Length > 0);
    }

    [Theory]
    [InlineData("2s")]
    [InlineData("message")]
    public void Ranges_that_follow_each_other_give_the_rows_of_the_whole(string every)
    {
        Assert.True(ViewCadence.TryParse(every, out ViewCadence cadence));
        const string data = "binance-spot/BTCUSDT/depth@100ms.csv";
        string whole = Convert(_journals.Pieces, ViewFormat.Csv, cadence, workers: 2)[data];
        string[] rows = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        long[] times = [.. rows.Select(static row => long.Parse(row.Split(',')[0]))];

        // On a row's own time, between two, and before and behind all.
        long[] borders = [long.MinValue, times[0], times[3], times[3] + 1, times[rows.Length / 2], times[^5] - 1, times[^1], long.MaxValue];
        List<string> joined = [];
        for (int i = 1; i < borders.Length; i++)
        {
            SortedDictionary<string, string> part = Convert(_journals.Pieces, ViewFormat.Csv, cadence, workers: 2, borders[i - 1], borders[i]);
            if (part.TryGetValue(data, out string? content))
            {
                joined.AddRange(content.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]);
            }
        }

        Assert.Equal(rows, joined);
    }

    private static SortedDictionary<string, string> Convert(
        string journal, ViewFormat format, ViewCadence cadence, int workers, long fromNs = long.MinValue, long untilNs = long.MaxValue)
    {
        using TemporaryFolder output = new();
        ViewConversion.Run(new ViewRequest
        {
            JournalFolder = journal,
            OutFolder = output.Root,
            Format = format,
            Cadence = cadence,
            Levels = 5,
            Workers = workers,
            FromNs = fromNs,
            UntilNs = untilNs,
        });
        return RecordedJournal.Files(output.Root);
    }

    /// <summary>The same recording in one segment and in many.</summary>
    public sealed class TwoJournals : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public TwoJournals()
        {
            RecordedJournal.Write(Whole, RecordedJournal.Spot, RecordedJournal.OneSegment);
            RecordedJournal.Write(Pieces, RecordedJournal.Spot, Journals.Small);
            using JournalReader whole = JournalReader.Open(Whole);
            using JournalReader pieces = JournalReader.Open(Pieces);
            Assert.Single(whole.Segments);
            Assert.True(pieces.Segments.Count > 4, $"{pieces.Segments.Count} segments");
        }

        public string Whole => _folder.Of("whole");

        public string Pieces => _folder.Of("pieces");

        public void Dispose() => _folder.Dispose();
    }
}
