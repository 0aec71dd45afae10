using System.Text;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.TestSupport;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Damaged frames, judged beside the platform's own reader; and a decoder that met them beside one that did not.</summary>
public class BitfinexFuzzTests
{
    private const int MutationsPerFrame = 3_000;
    private const string Pairs = "bitfinex/p0_len100_seqall_7pairs_20210417.rec";

    public static TheoryData<string> Frames => [.. Opening, .. Data];

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_damaged_frame_is_json_or_not_exactly_as_the_platform_reader_finds(string frame)
    {
        using BitfinexBench bench = new([.. Opening, .. Data]);
        FrameFuzz.Judge(bench, frame, MutationsPerFrame);
    }

    /// <summary>Between the frames of a whole recording stand damaged copies of them; those that are rejected change nothing of what follows.</summary>
    [RecordingFact(Pairs)]
    public void Rejected_frames_leave_the_decoder_as_it_was()
    {
        Random random = new(FrameFuzz.Seed);
        byte[] mutated = new byte[64 * 1024];
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(Pairs)]);
        using BitfinexBench damaged = new();
        using BitfinexBench untouched = new();
        int rejected = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            byte[] frame = line.Frame.Bytes.ToArray();
            for (int round = 0; round < 8; round++)
            {
                // Cut, or with a byte that is no JSON outside of a string and no part of one either: rejected whatever else it says.
                frame.CopyTo(mutated, 0);
                int length = frame.Length;
                if (round < 4)
                {
                    length = random.Next(frame.Length);
                }
                else
                {
                    mutated[random.Next(frame.Length)] = 0x01;
                }

                Assert.Equal(DecodeOutcome.Rejected, damaged.Send(mutated.AsSpan(0, length)).Outcome);
                rejected++;
            }

            string text = Encoding.UTF8.GetString(frame);
            Assert.Equal(untouched.Bytes(text), damaged.Bytes(text));
        }

        Assert.Equal(1693 * 8, rejected);
        Assert.Equal(untouched.Decoder.ControlMessages(), damaged.Decoder.ControlMessages());
        Assert.Equal(untouched.Decoder.UnknownEvents(), damaged.Decoder.UnknownEvents());
    }
}
