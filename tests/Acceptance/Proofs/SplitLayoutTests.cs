using System.Globalization;
using Lob.Fast.Acceptance.Proofs.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;
using Lob.Fast.TestSupport;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Proofs;

/// <summary>What ends a pipeline ends it alike in both layouts: the same words on the feeding thread, the same bytes in the journal.</summary>
public sealed class SplitLayoutTests
{
    private const string Recording = "synthetic/bybit_linear_orderbook50_1_200.rec";

    private static readonly LayoutPlan Fused = new(Layout.Fused, WaitKind.Yield, [], []);
    private static readonly LayoutPlan Split = new(Layout.Split, WaitKind.Park, [], []);

    [Fact]
    public void A_disk_that_is_full_at_a_roll_says_so_in_the_same_words_and_leaves_the_same_bytes()
    {
        (string Words, string Bytes) fused = Run(Fused);
        (string Words, string Bytes) split = Run(Split);
        Assert.Contains("below the floor", fused.Words, StringComparison.Ordinal);
        Assert.Contains("The journal is closed up to record", fused.Words, StringComparison.Ordinal);
        Assert.Equal(fused, split);

        static (string, string) Run(LayoutPlan plan)
        {
            using var folder = new TemporaryFolder();
            int asked = 0;
            var options = new JournalOptions
            {
                SegmentRecords = JournalOptions.SegmentRecordsMin,
                FreeBytes = _ => ++asked > 3 ? JournalOptions.FreeDiskFloorBytesDefault : long.MaxValue / 2,
            };
            using PipelineHost<IVenueDecoder> host = Host(plan, folder, options);
            JournalException thrown = Assert.Throws<JournalException>(() =>
            {
                for (int round = 0; round < 1_000; round++)
                {
                    Play(host, round);
                }
            });

            // And again at each further call, until it is disposed of.
            Assert.Equal(thrown.Message, Assert.Throws<JournalException>(() => Play(host, round: 1_000)).Message);
            host.Dispose();
            string path = folder.Of("journal");
            return (thrown.Message.Replace(path, "JOURNAL", StringComparison.Ordinal), JournalHash.Of(folder.Of("journal")));
        }
    }

    [Fact]
    public void A_message_that_no_decoder_makes_is_thrown_where_frames_are_fed()
    {
        Assert.Equal(Run(Fused), Run(Split));

        static string Run(LayoutPlan plan)
        {
            using var folder = new TemporaryFolder();
            using var host = new PipelineHost<StrayDecoder>(
                default, new PipelineOptions { Plan = plan }, logic => JournalWriter.Create(folder.Of("journal"), logic));
            return Assert.Throws<InvalidDataException>(() =>
            {
                host.OnFrame(new Frame { Bytes = "{}"u8, ReceivedAtNs = 1_700_000_000_000_000_000 });
                host.Drain();
            }).Message;
        }
    }

    [Fact]
    public void What_was_drained_stands_in_the_journal()
    {
        using var folder = new TemporaryFolder();
        using PipelineHost<IVenueDecoder> host = Host(Split, folder, new JournalOptions());
        for (int round = 0; round < 20; round++)
        {
            Play(host, round);
            host.Drain();
            using var reader = Journal.Reading.JournalReader.Open(folder.Of("journal"));
            using Journal.Reading.JournalCursor cursor = reader.Read(0);
            long records = 0;
            while (cursor.MoveNext())
            {
                records += cursor.IsCheckpoint ? 0 : cursor.Message.Length;
            }

            Assert.Equal(host.Logic.Totals.Records, records);
        }
    }

    /// <summary>Left without a close, as when the feeding thread meets an error: what was whole is there, and no Timer.</summary>
    [Fact]
    public void A_pipeline_that_is_left_keeps_what_was_whole()
    {
        Assert.Equal(Run(Fused), Run(Split));

        static string Run(LayoutPlan plan)
        {
            using var folder = new TemporaryFolder();
            using (PipelineHost<IVenueDecoder> host = Host(plan, folder, new JournalOptions()))
            {
                Play(host, 0);
            }

            return JournalHash.Of(folder.Of("journal"));
        }
    }

    [Fact]
    public void Books_in_memory_need_no_journal()
    {
        Assert.Equal(Run(Fused), Run(Split));

        static string Run(LayoutPlan plan)
        {
            using var host = new PipelineHost<IVenueDecoder>(CodecFactory.Create(Venue.BybitLinear), new PipelineOptions { Plan = plan });
            Play(host, 0);
            host.Close();
            return string.Create(CultureInfo.InvariantCulture, $"{host.Totals.Frames} {host.Logic.Totals.Records} {host.Logic.Chain.Head}");
        }
    }

    private static PipelineHost<IVenueDecoder> Host(LayoutPlan plan, TemporaryFolder folder, JournalOptions options) => new(
        CodecFactory.Create(Venue.BybitLinear), new PipelineOptions { Plan = plan }, logic => JournalWriter.Create(folder.Of("journal"), logic, options));

    private static void Play(PipelineHost<IVenueDecoder> host, int round)
    {
        foreach (RecordedFrame frame in ProofRecordings.Read(Recording))
        {
            host.OnFrame(new Frame { Bytes = frame.Bytes.Span, ReceivedAtNs = frame.ReceivedAtNs + (round * 10_000_000_000_000L) });
        }
    }

    /// <summary>Makes a message of a stream that was never declared.</summary>
    private readonly struct StrayDecoder : IFrameDecoder
    {
        public DecodeResult Decode(in Frame frame, RecordBuffer batch)
        {
            ref MessageBegin begin = ref batch.Add<MessageBegin>();
            begin.Header.Flags = RecordFlags.FirstInMessage | RecordFlags.LastInMessage;
            begin.Header.StreamId = 77;
            begin.Header.ReceivedAtNs = frame.ReceivedAtNs;
            return DecodeResult.Ok;
        }

        public void Learn(ReadOnlySpan<Record> definition)
        {
        }
    }
}
