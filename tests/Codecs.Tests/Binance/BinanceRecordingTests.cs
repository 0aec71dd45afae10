using System.Text;
using System.Text.Json;
using Lob.Fast.Codecs.Binance;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>Every frame of every recording: nothing is rejected, the counts are the README's, and the records hold all that the frames say.</summary>
public class BinanceRecordingTests
{
    private const string Longest = "binance/usdm_btcusdt_20240808.rec.gz";

    // Fields that a journal does not keep; docs/fields/binance.md says so too.
    private static readonly string[] NotKept = ["ps", "pair", "M"];

    public static TheoryData<string, Venue, object> Rows
    {
        get
        {
            TheoryData<string, Venue, object> rows = [];
            foreach (object[] row in (IEnumerable<object[]>)BinanceFiles.Rows)
            {
                rows.Add((string)row[0], (Venue)row[1], row[2]);
            }

            return rows;
        }
    }

    [RecordingTheory(Longest)]
    [MemberData(nameof(Rows))]
    public void Every_frame_decodes_and_comes_back_from_its_records(string files, Venue venue, object expected)
    {
        string[] paths = BinanceFiles.PathsOf(files);
        using RecordingReader reader = new(paths);
        using RecordBuffer batch = new();
        BinanceDecoder decoder = BinanceFiles.DecoderFor(venue, paths);
        BinanceFrameWriter writer = new(venue);
        Dictionary<MessageType, int> counts = [];
        while (reader.TryRead(out RecordedLine line))
        {
            Assert.Equal(RejectReason.None, line.Reason);
            batch.Clear();
            DecodeResult result = decoder.Decode(line.Frame, batch);
            Assert.True(result.Outcome == DecodeOutcome.Records, $"line {line.Frame.Line} of file {line.Frame.FileIndex}: {result}");
            Record[] message = Assert.Single(Batches.Messages(batch, writer.Learn));
            Batches.CheckShape(message, line.Frame);
            MessageType type = Record.Read<MessageBegin>(message[0]).Type;
            counts[type] = counts.GetValueOrDefault(type) + 1;

            string text = Encoding.UTF8.GetString(line.Frame.Bytes);
            string written = writer.Write(message);
            using JsonDocument original = JsonDocument.Parse(text);
            using JsonDocument back = JsonDocument.Parse(written);
            JsonElement data = original.RootElement.TryGetProperty("data", out JsonElement inner) ? inner : original.RootElement;
            if (!JsonComparison.Same(data, back.RootElement, IsNotKept))
            {
                Assert.Fail($"line {line.Frame.Line}\n{text}\n{written}");
            }
        }

        Assert.Equal(
            expected,
            new BinanceFiles.Counts(
                counts.GetValueOrDefault(MessageType.BookDelta),
                counts.GetValueOrDefault(MessageType.BookSnapshot),
                counts.GetValueOrDefault(MessageType.Ticker),
                counts.GetValueOrDefault(MessageType.Trades),
                counts.GetValueOrDefault(MessageType.AggregateTrades),
                counts.GetValueOrDefault(MessageType.Candles),
                (int)decoder.UnknownEvents().Values.Sum()));
    }

    // The B of a candle; that of a ticker is kept.
    private static bool IsNotKept(JsonElement owner, string name) => NotKept.Contains(name) || (name == "B" && owner.TryGetProperty("x", out _));
}
