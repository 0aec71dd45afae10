using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>
/// Frames with one byte changed, put in, taken out, or cut short: the codec, the plain decoder and the plain parser accept and reject the same
/// ones, the two decoders blame the same stream, and what they accept becomes the same records.
/// </summary>
public sealed class DamagedFrameTests
{
    private const int Seed = 5;
    private const int FramesPerRecording = 1_500;
    private const int DamagesPerFrame = 10;
    private const int DamagesPerLongFrame = 40;
    private const int LongFrameBytes = 5_000;

    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9, Nkn, Blz, BinanceRecordings.Rune, Sushi, Akro, Keep)]
    [MemberData(nameof(All), MemberType = typeof(BinanceRecordings))]
    public void All_three_judge_alike(BinanceMarket market, string[] files)
    {
        string symbol = SymbolOf(files[0]);
        var plain = new Utf8JsonBinanceDecoder(VenueOf(market), symbol);
        IVenueDecoder codec = CodecFactory.Create(VenueOf(market), new DecoderOptions { DefaultSymbol = symbol });
        using var plainBatch = new RecordBuffer();
        using var codecBatch = new RecordBuffer();
        RecordedFrame[] frames = [.. Read(files).Take(FramesPerRecording)];
        foreach (RecordedFrame recorded in frames)
        {
            var frame = new Frame { Bytes = recorded.Bytes.Span, ReceivedAtNs = recorded.ReceivedAtNs };
            plainBatch.Clear();
            codecBatch.Clear();
            plain.Decode(frame, plainBatch);
            codec.Decode(frame, codecBatch);
        }

        var random = new Random(Seed);
        foreach (RecordedFrame recorded in frames)
        {
            int damages = recorded.Bytes.Length > LongFrameBytes ? DamagesPerLongFrame : DamagesPerFrame;
            for (int i = 0; i < damages; i++)
            {
                byte[] bytes = Damage(recorded.Bytes.ToArray(), random);
                var frame = new Frame { Bytes = bytes, ReceivedAtNs = recorded.ReceivedAtNs };
                plainBatch.Clear();
                codecBatch.Clear();
                DecodeResult expected = plain.Decode(frame, plainBatch);
                DecodeResult actual = codec.Decode(frame, codecBatch);
                string what = $"\ncodec {actual}\nplain {expected}\n{Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 400)))}";

                Assert.True(Verdict(expected.Outcome) == Verdict(actual.Outcome), "the decoders do not agree:" + what);
                Assert.True(
                    MemoryMarshal.AsBytes(plainBatch.Records).SequenceEqual(MemoryMarshal.AsBytes(codecBatch.Records)), "other records:" + what);

                // REST books are attributed by what was read of them, which is not the same in both.
                if (bytes.AsSpan().StartsWith("{\"stream\":"u8))
                {
                    Assert.True(expected.StreamId == actual.StreamId, "another stream is blamed:" + what);
                }

                // Whether a number still fits depends on all numbers before it, which the parser does not know.
                if (actual.Reason != RejectReason.NumberOutOfRange)
                {
                    Assert.True(Verdict(bytes, market) == Verdict(actual.Outcome), "the parser does not agree:" + what);
                }
            }
        }
    }

    // No backslashes: an escaped letter in a name is read by the codec and, plainly, not by the others.
    private static byte[] Damage(byte[] bytes, Random random)
    {
        const int BytesOfHeader = 200;
        ReadOnlySpan<byte> likely = "0123456789.-eE\"[]{},: tn"u8;
        int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, BytesOfHeader) : bytes.Length);
        byte other = random.Next(2) == 0 ? likely[random.Next(likely.Length)] : (byte)random.Next('!', '\\');
        return random.Next(4) switch
        {
            0 => [.. bytes[..at], other, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], other, .. bytes[at..]],
            _ => bytes[..at],
        };
    }

    private static string Verdict(DecodeOutcome outcome) => outcome switch
    {
        DecodeOutcome.Records => "records",
        DecodeOutcome.Rejected => "rejected",
        _ => "other",
    };

    private static string Verdict(byte[] frame, BinanceMarket market)
    {
        try
        {
            return SimpleBinanceParser.Parse(frame, market) is SimpleControl ? "other" : "records";
        }
        catch (FormatException)
        {
            return "rejected";
        }
    }
}
