using System.Text;
using System.Text.Json;
using Lob.Fast.Codecs.Bitfinex;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>
/// Frames come back from their records, byte for byte but for the channel id: all but what <c>docs/fields/bitfinex.md</c> says is not kept.
/// </summary>
public class BitfinexRoundTripTests
{
    private const string Pairs = "bitfinex/p0_len100_seqall_7pairs_20210417.rec";
    private const string Checksum = "bitfinex/p0_len25_checksum_xrpbtc.ndjson";

    [RecordingTheory(Pairs, Checksum)]
    [InlineData(Pairs, 1670)]
    [InlineData(Checksum, 3)]
    public void Of_a_recording(string file, int expected)
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(file)]);
        BitfinexDecoder decoder = new();
        BitfinexFrameWriter writer = new();
        using RecordBuffer batch = new();
        int compared = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            batch.Clear();
            Assert.NotEqual(DecodeOutcome.Rejected, decoder.Decode(line.Frame, batch).Outcome);
            compared += Compare(Encoding.UTF8.GetString(line.Frame.Bytes), batch, writer);
        }

        Assert.Equal(expected, compared);
    }

    [Fact]
    public void Of_a_frame_of_each_kind()
    {
        string[] more =
        [
            "[17082,[],2]", "[17082,[[7254.6,0,1],[2e-8,1,-9.1e-7]],2]", "[433290,[[7,0,-1],[8,7294.6,-0.5]],9]", "[433290,[],9]",
            "[343351,[1574698380000,0.000001,9.9e-7,0.00000123,1e-8,0],17]", "[343351,[1574698380000,700,1200,1200,0.5,1.5e-7],17]", "[343351,[],17]",
            "[17470,\"te\",[1,1574694478808,12,1.25],11]",
        ];
        using BitfinexBench bench = new();
        BitfinexFrameWriter writer = new();
        int compared = 0;
        foreach (string frame in (string[])[.. Opening, .. Data, .. more])
        {
            bench.Accepts(frame);
            compared += Compare(frame, bench.Batch, writer);
        }

        foreach (string frame in new[] { """{"event":"conf","status":"OK","flags":98304}""", "[17082,[7254.6,0,1],2,1574694478808]", "[17082,\"hb\",3,1574694478809]" })
        {
            bench.Accepts(frame);
            compared += Compare(frame, bench.Batch, writer);
        }

        Assert.Equal(Data.Length + more.Length + 2, compared);
        Assert.Throws<ArgumentException>(() => writer.Write([]));
        Assert.Throws<ArgumentException>(() => new BitfinexFrameWriter().Write(bench.Batch.Records));
    }

    private static int Compare(string frame, RecordBuffer batch, BitfinexFrameWriter writer)
    {
        int compared = 0;
        foreach (Record[] message in Batches.Split(batch.Records))
        {
            if (message[0].Header.Kind != RecordKind.MessageBegin)
            {
                writer.Learn(message);
                continue;
            }

            string expected = "[" + frame[(frame.IndexOf(',', StringComparison.Ordinal) + 1)..];
            string written = writer.Write(message);
            switch (Record.Read<MessageBegin>(message[0]).Type)
            {
                case MessageType.Ticker:
                    // Prices and the sequence.
                    Assert.Equal(TickerOf(expected), TickerOf(written));
                    break;
                case MessageType.Heartbeat:
                    // A sign of life, or nothing more than its number is kept.
                    using (JsonDocument document = JsonDocument.Parse(expected))
                    {
                        JsonElement[] items = [.. document.RootElement.EnumerateArray()];
                        bool isTrade = items[0].ValueKind == JsonValueKind.String && items[0].GetString() == "tu";
                        Assert.Equal($"[\"hb\",{string.Join(',', items[(isTrade ? 2 : 1)..])}]", written);
                    }

                    break;
                default:
                    Assert.Equal(expected, written);
                    break;
            }

            compared++;
        }

        return compared;
    }

    private static (string Bid, string Ask, string Sequence) TickerOf(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement row = document.RootElement[0];
        return (row[0].GetRawText(), row[2].GetRawText(), document.RootElement[document.RootElement.GetArrayLength() - 1].GetRawText());
    }
}
