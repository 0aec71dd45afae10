using System.Globalization;
using System.Text;
using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>What became of every frame of a recording, as a row of docs/RECORDINGS.md.</summary>
internal static class FrameCounts
{
    /// <summary>The row.</summary>
    public static string RowOf(Venue venue, string file)
    {
        string path = Recordings.PathOf(file);
        IVenueDecoder decoder = CodecFactory.Create(venue, new DecoderOptions { SymbolResolver = () => DepthSymbolScan.OnlySymbol([path]) });
        var messages = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
        var rejected = new SortedDictionary<RejectReason, int>();
        var channels = new Dictionary<uint, string>();
        using var logic = new Logic<NullSink>(default);
        using var sequencer = new InputSequencer<CountingDecoder, NullSink>(new CountingDecoder(decoder, Count), logic);
        using var reader = new RecordingReader([path]);
        int frames = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            frames++;
            DecodeResult result = line.Reason == RejectReason.None ? sequencer.OnFrame(line.Frame) : DecodeResult.Rejected(line.Reason, line.FaultByte, 0);
            if (result.Outcome == DecodeOutcome.Rejected)
            {
                rejected[result.Reason] = rejected.GetValueOrDefault(result.Reason) + 1;
            }
        }

        sequencer.Close();
        return $"| `{file}` | {venue.ToName()} | {Number(frames)} | {Text(messages)} | {Text(decoder.ControlMessages())} | {Text(decoder.UnknownEvents())} | {Text(rejected)} | {Text(logic.Books)} |";

        void Count(ReadOnlySpan<Record> batch)
        {
            for (int i = 0; i < batch.Length; i++)
            {
                ref readonly RecordHeader header = ref batch[i].Header;
                if (header.Kind == RecordKind.StreamDefinition && !header.Has(RecordFlags.Continued))
                {
                    channels[header.StreamId] = Record.Read<StreamChannel>(batch[i + 1]).Channel.ToString();
                }
                else if (header.Kind == RecordKind.MessageBegin)
                {
                    SortedDictionary<string, int> types = messages.TryGetValue(channels[header.StreamId], out SortedDictionary<string, int>? known)
                        ? known
                        : messages[channels[header.StreamId]] = new SortedDictionary<string, int>(StringComparer.Ordinal);
                    string type = ((MessageType)header.Code).ToString();
                    types[type] = types.GetValueOrDefault(type) + 1;
                }
                else if (header.Kind == RecordKind.InstrumentDefinition && !header.Has(RecordFlags.Continued) && batch.Length == InstrumentDefinition.Slots)
                {
                    // A list of instruments: no message follows.
                    Add("(instruments)", nameof(InstrumentDefinition));
                }
            }
        }

        void Add(string channel, string type)
        {
            if (!messages.TryGetValue(channel, out SortedDictionary<string, int>? types))
            {
                messages[channel] = types = new SortedDictionary<string, int>(StringComparer.Ordinal);
            }

            types[type] = types.GetValueOrDefault(type) + 1;
        }
    }

    private static string Text(SortedDictionary<string, SortedDictionary<string, int>> messages) => Joined(messages.Select(static channel =>
        $"`{channel.Key}` {string.Join(", ", channel.Value.Select(static type => $"{type.Key} {Number(type.Value)}"))}"));

    private static string Text(IReadOnlyDictionary<string, long> counts) =>
        Joined(counts.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key} {Number(pair.Value)}"));

    private static string Text(SortedDictionary<RejectReason, int> counts) => Joined(counts.Select(static pair => $"{pair.Key} {Number(pair.Value)}"));

    private static string Text(IReadOnlyList<BookStream> books)
    {
        if (books.Count == 0)
        {
            return "–";
        }

        StreamTotals sum = default;
        foreach (BookStream book in books)
        {
            sum.Gaps += book.Totals.Gaps;
            sum.Crossed += book.Totals.Crossed;
            sum.Duplicates += book.Totals.Duplicates;
            sum.ChecksumMatches += book.Totals.ChecksumMatches;
            sum.ChecksumMismatches += book.Totals.ChecksumMismatches;
            sum.ChecksumsNotOffered += book.Totals.ChecksumsNotOffered;
        }

        var text = new StringBuilder();
        text.AppendJoin(", ", books.GroupBy(static book => (book.State, book.Evidence)).OrderByDescending(static group => group.Count())
            .Select(static group => $"{group.Count()} {group.Key.State}/{group.Key.Evidence}"));
        text.Append(CultureInfo.InvariantCulture, $"; gaps {sum.Gaps}, duplicates {sum.Duplicates}, crossed {sum.Crossed}");
        if (sum.ChecksumMatches + sum.ChecksumMismatches + sum.ChecksumsNotOffered > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"; checksums {sum.ChecksumMatches} match, {sum.ChecksumMismatches} mismatch, {sum.ChecksumsNotOffered} not offered");
        }

        return text.ToString();
    }

    private static string Joined(IEnumerable<string> parts)
    {
        string text = string.Join("; ", parts);
        return text.Length == 0 ? "–" : text;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private delegate void OnBatch(ReadOnlySpan<Record> batch);

    private sealed class CountingDecoder(IVenueDecoder inner, OnBatch onBatch) : IFrameDecoder
    {
        public DecodeResult Decode(in Frame frame, RecordBuffer batch)
        {
            DecodeResult result = inner.Decode(frame, batch);
            onBatch(batch.Records);
            return result;
        }

        public void Learn(ReadOnlySpan<Record> definition) => inner.Learn(definition);
    }
}
