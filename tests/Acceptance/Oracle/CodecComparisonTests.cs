using System.Runtime.InteropServices;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>Two decoders with no code in common make the same records, byte for byte.</summary>
public sealed class CodecComparisonTests
{
    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9, Nkn, Blz, Rune, Sushi, Akro, Keep)]
    [MemberData(nameof(All), MemberType = typeof(BinanceRecordings))]
    public void The_codec_and_the_plain_decoder_make_the_same_records(BinanceMarket market, string[] files)
    {
        string symbol = SymbolOf(files[0]);
        var plain = new Utf8JsonBinanceDecoder(VenueOf(market), symbol);
        IVenueDecoder codec = CodecFactory.Create(VenueOf(market), new DecoderOptions { DefaultSymbol = symbol });
        using var plainBatch = new RecordBuffer();
        using var codecBatch = new RecordBuffer();
        foreach (RecordedFrame recorded in Read(files))
        {
            var frame = new Frame { Bytes = recorded.Bytes.Span, ReceivedAtNs = recorded.ReceivedAtNs, Line = recorded.Line };
            plainBatch.Clear();
            codecBatch.Clear();
            DecodeResult expected = plain.Decode(frame, plainBatch);
            DecodeResult actual = codec.Decode(frame, codecBatch);

            Assert.Equal(expected, actual);
            if (!MemoryMarshal.AsBytes(plainBatch.Records).SequenceEqual(MemoryMarshal.AsBytes(codecBatch.Records)))
            {
                Explain(plainBatch.Records, codecBatch.Records, recorded.Line);
            }
        }
    }

    private static void Explain(ReadOnlySpan<Record> expected, ReadOnlySpan<Record> actual, long line)
    {
        Assert.True(expected.Length == actual.Length, $"line {line}: {actual.Length} records, not {expected.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            string plain = Convert.ToHexString(MemoryMarshal.AsBytes(expected.Slice(i, 1)));
            string codec = Convert.ToHexString(MemoryMarshal.AsBytes(actual.Slice(i, 1)));
            Assert.True(plain == codec, $"line {line}, record {i} ({expected[i].Header.Kind}):\nplain {plain}\ncodec {codec}");
        }
    }
}
