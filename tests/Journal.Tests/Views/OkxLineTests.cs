using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Tests.Support;
using Lob.Fast.Journal.Views;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>The exporter's line for OKX: checksum, sequences, gaps; also where segments begin between a message and its row.</summary>
public sealed class OkxLineTests
{
    private const string Swap = "BTC-USDT-SWAP";
    private const string Quiet = "ETH-USDT-SWAP";

    [Fact]
    public void A_line_is_exact_to_the_byte()
    {
        using TemporaryFolder folder = new();
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "43250.5:100", "43251.0:150 43251.5:2");
            feed.Update(Swap, 1500, 100, 107, "43250.5:90 43250.0:1", "");
            feed.Update(Swap, 3000, 107, 110, "", "43251.0:0");
        }

        ViewConversion.Run(new ViewRequest { JournalFolder = folder.Journal, OutFolder = folder.Of("out"), Format = ViewFormat.Jsonl });

        SortedDictionary<string, string> files = RecordedJournal.Files(folder.Of("out"));
        Assert.Equal(
            [
                "meta/okx/instruments/BTC-USDT-SWAP.json", "raw/okx/l2_perps/BTC-USDT-SWAP/2023-11-14/22.jsonl", "raw/okx/l2_perps/BTC-USDT-SWAP/2023-11-14/22.jsonl.meta.json",
            ],
            files.Keys);
        Assert.Equal(
            """{"timestamp_utc":"2023-11-14T22:13:21.495Z","exchange":"okx","market":"perp","channel":"books","instId":"BTC-USDT-SWAP","""
                + """ "bids_top400":[["43250.5","90","0","3"],["43250.0","1","0","3"]],"asks_top400":[["43251.0","150","0","3"],["43251.5","2","0","3"]],""".TrimStart()
                + """ "best_bid":"43250.5","best_ask":"43251.0","mid_price":"43250.75","checksum":0,"seqId":107,"prevSeqId":100,"gap_detected":false}""".TrimStart() + "\n",
            files["raw/okx/l2_perps/BTC-USDT-SWAP/2023-11-14/22.jsonl"]);
    }

    [Theory]
    [InlineData("10:1", "11:1", "10.5")]
    [InlineData("10.1:1", "10.3:1", "10.2")]
    [InlineData("0.1:1", "0.2:1", "0.15")]
    [InlineData("65114.20000000000001:1", "65114.20000000000002:1", "65114.200000000000015")]
    [InlineData("92233.72036854775805:1", "92233.72036854775806:1", "92233.720368547758055")]
    public void The_mid_price_is_exact_also_where_ten_times_as_many_ticks_fit_no_long(string bids, string asks, string mid)
    {
        JsonElement line = Assert.Single(Convert(feed => feed.Snapshot(Swap, 1000, 100, bids, asks), "message"));

        Assert.Equal(mid, line.GetProperty("mid_price").GetString());
    }

    [Fact]
    public void A_hole_in_the_sequence_gives_one_line_with_the_book_as_it_stood()
    {
        JsonElement[] lines = Convert(
            feed =>
            {
                feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
                feed.Update(Swap, 1100, 100, 105, "9:5", "");
                feed.Update(Swap, 1200, 106, 108, "8:5", "");
                feed.Update(Swap, 1300, 108, 109, "7:5", "");
                feed.Snapshot(Swap, 1400, 200, "20:1", "21:1");
                feed.Update(Swap, 1500, 200, 201, "19:1", "");
            },
            "message");

        Assert.Equal(["100 -1 False", "105 100 False", "105 100 True", "200 -1 False", "201 200 False"], lines.Select(Sequences));
        Assert.Equal("[[\"10\",\"1\",\"0\",\"3\"],[\"9\",\"5\",\"0\",\"3\"]]", lines[2].GetProperty("bids_top400").GetRawText());
    }

    [Fact]
    public void A_snapshot_behind_a_hole_shows_both()
    {
        JsonElement[] lines = Convert(
            feed =>
            {
                feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
                feed.Snapshot(Swap, 1100, 200, "20:1", "21:1");
            },
            "message");

        Assert.Equal(["100 -1 False", "200 -1 False"], lines.Select(Sequences));
    }

    [Fact]
    public void A_checksum_that_does_not_match_is_a_gap_and_the_line_shows_the_last_proven_book()
    {
        JsonElement[] lines = Convert(
            feed =>
            {
                feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
                feed.Update(Swap, 1100, 100, 105, "9:5", "", OkxFeed.Crc("10:1 9:5", "11:1"));
                feed.Update(Swap, 1200, 105, 108, "8:5", "", 12345);
                feed.Snapshot(Swap, 1400, 200, "20:1", "21:1");
            },
            "message");

        Assert.Equal(["100 -1 False", "105 100 False", "105 100 True", "200 -1 False"], lines.Select(Sequences));
        Assert.Equal(OkxFeed.Crc("10:1 9:5", "11:1"), lines[2].GetProperty("checksum").GetInt32());
        Assert.Equal("[[\"10\",\"1\",\"0\",\"3\"],[\"9\",\"5\",\"0\",\"3\"]]", lines[2].GetProperty("bids_top400").GetRawText());
    }

    [Fact]
    public void A_rejected_frame_is_a_gap_too()
    {
        JsonElement[] lines = Convert(
            feed =>
            {
                feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
                feed.Line("{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT-SWAP\"},\"action\":\"update\",\"data\":[{\"asks\":", 1100);
                feed.Snapshot(Swap, 1400, 200, "20:1", "21:1");
            },
            "message");

        Assert.Equal(["100 -1 False", "100 -1 True", "200 -1 False"], lines.Select(Sequences));
    }

    [Fact]
    public void A_grid_shows_a_gap_at_once_and_no_row_while_the_book_is_broken()
    {
        JsonElement[] lines = Convert(
            feed =>
            {
                feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
                feed.Update(Swap, 2500, 100, 105, "9:5", "");
                feed.Update(Swap, 2600, 106, 108, "8:5", "");
                feed.Update(Swap, 6100, 108, 109, "8:6", "");
                feed.Snapshot(Swap, 6500, 200, "20:1", "21:1");
                feed.Update(Swap, 9900, 200, 201, "19:1", "");
            },
            "2s");

        Assert.Equal(["100 -1 False", "105 100 True", "200 -1 False"], lines.Select(Sequences));
    }

    [Fact]
    public void Two_changes_within_one_millisecond_of_the_venue_give_one_row_of_a_grid()
    {
        JsonElement[] Lines(string every) => Convert(
            feed =>
            {
                feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");

                // Event times are those of the snapshot: received 1,100 ms later, and in another interval.
                feed.Line(
                    "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTC-USDT-SWAP\"},\"action\":\"update\",\"data\":[{\"asks\":[],\"bids\":[[\"9\",\"1\",\"0\",\"1\"]],"
                        + "\"ts\":\"1700000000995\",\"checksum\":0,\"prevSeqId\":100,\"seqId\":101}]}",
                    2100);
                feed.Update(Swap, 4500, 101, 102, "8:1", "");
                feed.Update(Swap, 8500, 102, 103, "7:1", "");
            },
            every);

        Assert.Equal(["100 -1 False", "102 101 False"], Lines("2s").Select(Sequences));
        Assert.Equal(["100 -1 False", "101 100 False", "102 101 False", "103 102 False"], Lines("message").Select(Sequences));
    }

    /// <summary>The walk of a range begins at a checkpoint; the change that the point of the grid shows lies segments before it.</summary>
    [Fact]
    public void A_range_has_the_row_of_a_book_that_last_changed_segments_before_it()
    {
        using TemporaryFolder folder = new();
        using (OkxFeed feed = new(folder.Journal, Journals.Small))
        {
            feed.Snapshot(Quiet, 500, 7000, "100:1", "101:3");
            feed.Snapshot(Swap, 1000, 1, "10000:1", "10001:1");
            for (int i = 0; i < 2_000; i++)
            {
                string bids = string.Join(' ', Enumerable.Range(0, 60).Select(level => $"{9000 + (((i * 7) + level) % 900)}:{1 + (i % 50)}"));
                feed.Update(Swap, 1200 + (i * 290), 1 + (3 * i), 4 + (3 * i), bids, "");
            }
        }

        // 22:20:00, nearly seven minutes behind the start.
        const long point = 1_700_000_400_000_000_000;
        using (JournalReader reader = JournalReader.Open(folder.Journal))
        {
            Assert.True(reader.FindSegment(point) > 3, "the range must begin segments behind the change");
        }

        Assert.True(ViewCadence.TryParse("10m", out ViewCadence cadence));
        ViewReport Report(long fromNs) => ViewConversion.Run(new ViewRequest
        {
            JournalFolder = folder.Journal,
            OutFolder = folder.Of("out"),
            Format = ViewFormat.Jsonl,
            Cadence = cadence,
            Symbol = Quiet,
            FromNs = fromNs,
        });

        Assert.Equal(1, Report(long.MinValue).Rows);
        Assert.Equal(1, Report(point).Rows);
        Assert.Equal(0, Report(point + 1).Rows);
    }

    /// <summary>
    /// A stream is quiet for longer than several segments, then has a row, or a gap: what the row shows of its last message lies far behind, and no
    /// checkpoint need hold it.
    /// </summary>
    [Theory]
    [InlineData("2s")]
    [InlineData("1h")]
    [InlineData("message")]
    public void A_row_far_behind_its_message_knows_it_still(string every)
    {
        using TemporaryFolder folder = new();
        foreach ((string name, JournalOptions options) in new[] { ("whole", RecordedJournal.OneSegment), ("pieces", Journals.Small) })
        {
            using OkxFeed feed = new(folder.Of(name), options);
            feed.Snapshot(Quiet, 500, 7000, "100:1 99:2", "101:3");
            feed.Update(Quiet, 900, 7000, 7005, "100:5", "", OkxFeed.Crc("100:5 99:2", "101:3"));
            feed.Snapshot(Swap, 1000, 1, "10000:1", "10001:1");
            long previous = 1;
            for (int i = 0; i < 2_500; i++)
            {
                // Sixty levels a message: some twenty segments of the smallest kind; twelve minutes pass.
                string bids = string.Join(' ', Enumerable.Range(0, 60).Select(level => $"{9000 + ((i * 7) + level) % 900}:{1 + (i % 50)}"));
                feed.Update(Swap, 1200 + (i * 290), previous, previous + 3, bids, "");
                previous += 3;
                if (i == 2_000)
                {
                    feed.Update(Quiet, 1300 + (i * 290), 7100, 7101, "98:1", "");
                }
            }
        }

        using (JournalReader reader = JournalReader.Open(folder.Of("pieces")))
        {
            Assert.True(reader.Segments.Count > 10, $"{reader.Segments.Count} segments");
        }

        Assert.True(ViewCadence.TryParse(every, out ViewCadence cadence));
        foreach (ViewFormat format in Enum.GetValues<ViewFormat>())
        {
            SortedDictionary<string, string>[] outputs = [.. new[] { ("whole", 1), ("pieces", 1), ("pieces", 4) }.Select((run, index) =>
            {
                string output = folder.Of($"{format}-{index}");
                ViewConversion.Run(new ViewRequest
                {
                    JournalFolder = folder.Of(run.Item1),
                    OutFolder = output,
                    Format = format,
                    Cadence = cadence,
                    Levels = 3,
                    Workers = run.Item2,
                });
                return RecordedJournal.Files(output);
            })];
            ViewSame.Assert(outputs[0], outputs[1], $"{format} {every}, pieces");
            ViewSame.Assert(outputs[0], outputs[2], $"{format} {every}, pieces by four threads");
            if (format == ViewFormat.Jsonl)
            {
                string gap = Assert.Single(outputs[2].Values.SelectMany(static content => content.Split('\n')), static line => line.Contains("\"gap_detected\":true", StringComparison.Ordinal));
                Assert.Contains($"\"checksum\":{OkxFeed.Crc("100:5 99:2", "101:3")},\"seqId\":7005,\"prevSeqId\":7000,", gap, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Several_channels_of_one_instrument_have_folders_of_their_own()
    {
        using TemporaryFolder folder = new();
        using (OkxFeed feed = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed.Snapshot(Swap, 1000, 100, "10:1", "11:1");
            feed.Line(
                "{\"arg\":{\"channel\":\"books-l2-tbt\",\"instId\":\"BTC-USDT-SWAP\"},\"action\":\"snapshot\",\"data\":[{\"asks\":[[\"11\",\"1\",\"0\",\"1\"]],"
                    + "\"bids\":[[\"10\",\"1\",\"0\",\"1\"]],\"ts\":\"1700000001000\",\"checksum\":0,\"prevSeqId\":-1,\"seqId\":100}]}",
                1010);
        }

        string[] Files(string? channel)
        {
            string output = folder.Of("out-" + channel);
            return [.. ViewConversion.Run(new ViewRequest
            {
                JournalFolder = folder.Journal,
                OutFolder = output,
                Format = ViewFormat.Jsonl,
                Cadence = ViewCadence.EveryMessage,
                Channel = channel,
            }).Streams.SelectMany(static stream => stream.Files)];
        }

        Assert.Equal(
            ["raw/okx/l2_perps/BTC-USDT-SWAP/books/2023-11-14/22.jsonl", "raw/okx/l2_perps/BTC-USDT-SWAP/books-l2-tbt/2023-11-14/22.jsonl"], Files(null));
        Assert.Equal(["raw/okx/l2_perps/BTC-USDT-SWAP/2023-11-14/22.jsonl"], Files("books"));
    }

    private static string Sequences(JsonElement line) =>
        $"{line.GetProperty("seqId").GetRawText()} {line.GetProperty("prevSeqId").GetRawText()} {line.GetProperty("gap_detected").GetBoolean()}";

    private static JsonElement[] Convert(Action<OkxFeed> feed, string every)
    {
        using TemporaryFolder folder = new();
        using (OkxFeed running = new(folder.Journal, RecordedJournal.OneSegment))
        {
            feed(running);
        }

        Assert.True(ViewCadence.TryParse(every, out ViewCadence cadence));
        ViewReport report = ViewConversion.Run(new ViewRequest
        {
            JournalFolder = folder.Journal,
            OutFolder = folder.Of("out"),
            Format = ViewFormat.Jsonl,
            Cadence = cadence,
            Venue = Venue.Okx,
        });
        return
        [
            .. report.Streams.SelectMany(static stream => stream.Files)
                .SelectMany(file => File.ReadLines(Path.Combine(folder.Of("out"), file)))
                .Select(static line => JsonDocument.Parse(line).RootElement),
        ];
    }
}
