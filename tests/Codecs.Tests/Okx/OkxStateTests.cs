using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>What a decoder remembers: taken back from a journal, and held without allocating.</summary>
public class OkxStateTests
{
    [Fact]
    public void A_continued_journal_gives_the_decoder_back_what_it_knew()
    {
        using OkxBench first = new();
        using OkxBench second = new();
        foreach (string frame in OkxSamples.All)
        {
            first.Records(frame);
            Batches.Messages(first.Batch, second.Decoder.Learn);
        }

        foreach (string frame in OkxSamples.All)
        {
            Assert.Equal(first.Records(frame), second.Records(frame));
        }

        // New ones go on counting.
        string other = OkxSamples.Ticker.Replace("BTC-USDT", "XRP-USDT", StringComparison.Ordinal);
        Assert.Equal(first.Records(other), second.Records(other));
        Assert.Throws<ArgumentException>(() => second.Decoder.Learn(default));
    }

    [Fact]
    public void Terms_of_a_list_come_back_too()
    {
        using OkxBench first = new();
        using OkxBench second = new();
        first.Records(OkxSamples.Instruments);
        Batches.Messages(first.Batch, second.Decoder.Learn);
        Assert.Equal(DecodeOutcome.Control, second.Send(OkxSamples.Instruments).Outcome);
    }

    [Fact]
    public void Decoding_allocates_nothing_once_every_stream_has_been_seen()
    {
        List<byte[]> frames = [];
        using (RecordingReader reader = new([SyntheticRecordings.PathOf("okx_books_2026.rec")]))
        {
            while (reader.TryRead(out RecordedLine line))
            {
                frames.Add(line.Frame.Bytes.ToArray());
            }
        }

        // The list of instruments is no part of the hot path; damaged frames are.
        frames.RemoveAll(static frame => frame.AsSpan().IndexOf("tickSz"u8) >= 0);
        byte[] book = frames.First(static frame => frame.AsSpan().IndexOf("prevSeqId"u8) >= 0);
        frames.Add(book[..^20]);

        // An order of rows that has to be looked at twice.
        frames.Add("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[["2","1","0","1"],["1","1","0","1"]],"bids":[],"ts":"1785096000223","checksum":0,"seqId":2,"prevSeqId":1}]}"""u8.ToArray());
        using OkxBench bench = new();
        Allocations.AreNone(bench, frames);
    }
}
