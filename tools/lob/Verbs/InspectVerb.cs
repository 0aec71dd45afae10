using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Inspection;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>inspect</c>: what is in a journal.</summary>
internal static class InspectVerb
{
    public static Command Create()
    {
        Argument<string?> journal = CommonOptions.NoOptions(new Argument<string?>("JOURNAL") { Description = "Folder of a journal.", Arity = ArgumentArity.ZeroOrOne });
        Option<bool> dtype = new("--dtype") { Description = "Print the record layouts as NumPy dtypes on stdout (needs no journal)." };
        var command = new Command("inspect", "Segments, streams, counts and times of a journal; the record layouts as NumPy dtypes.") { journal, dtype };
        command.Validators.Add(result =>
        {
            if (result.GetResult(journal) is null or { Tokens.Count: 0 } && !result.IsGiven(dtype))
            {
                result.AddError("Name the folder of a journal, or give --dtype.");
            }
        });
        return command.WithAction((result, json) =>
        {
            if (result.GetValue(dtype))
            {
                if (json)
                {
                    JsonOutput.Write(static writer => writer.WriteString("dtype", NumpyTypes.Source()));
                }
                else
                {
                    Console.Out.Write(NumpyTypes.Source());
                }

                return ExitCode.Ok;
            }

            JournalSummary summary = JournalInspector.Run(result.GetValue(journal)!);
            if (json)
            {
                JsonOutput.Write(writer => WriteJson(writer, summary));
            }
            else
            {
                WriteText(summary);
            }

            return ExitCode.Ok;
        });
    }

    private static void WriteText(JournalSummary summary)
    {
        Console.Error.WriteLine(summary.FirstTimeNs == 0
            ? "no records yet"
            : $"{TimeText.Iso(summary.FirstTimeNs)} to {TimeText.Iso(summary.LastTimeNs)}, {summary.Messages:N0} messages");
        var segments = new Table("segment", "first record", "records", "checkpoint", "capacity", "state");
        foreach (SegmentSummary segment in summary.Segments)
        {
            segments.Add(
                segment.Number.ToString("D8", CultureInfo.InvariantCulture), Number(segment.FirstRecordIndex), Number(segment.CommittedRecords),
                Number(segment.CheckpointRecords), Number(segment.CapacityRecords), segment.State.ToString());
        }

        segments.Write();
        Dictionary<uint, InstrumentSummary> instruments = summary.Instruments.ToDictionary(static instrument => instrument.Id);
        var streams = new Table("stream", "venue", "symbol", "channel", "role", "messages", "first sequence", "last sequence");
        foreach (StreamSummary stream in summary.Streams)
        {
            streams.Add(
                Number(stream.Id), instruments[stream.InstrumentId].Venue.ToName(), instruments[stream.InstrumentId].Symbol, stream.Channel,
                stream.Role.ToString(), Number(stream.Messages),
                SequenceText(stream.MinSequence), SequenceText(stream.MaxSequence));
        }

        streams.Write();
        var kinds = new Table("kind", "records");
        foreach ((RecordKind kind, long count) in summary.RecordsByKind)
        {
            kinds.Add(kind.ToString(), Number(count));
        }

        kinds.Write();
        foreach (object finding in summary.Findings)
        {
            Console.Error.WriteLine(finding.ToString());
        }
    }

    private static void WriteJson(Utf8JsonWriter json, JournalSummary summary)
    {
        json.WriteNumber("first_time_ns", summary.FirstTimeNs);
        json.WriteNumber("last_time_ns", summary.LastTimeNs);
        json.WriteNumber("messages", summary.Messages);
        json.WriteNumber("checkpoint_slots", summary.CheckpointSlots);
        json.WriteNumber("padding_slots", summary.PaddingSlots);
        json.WriteStartArray("segments");
        foreach (SegmentSummary segment in summary.Segments)
        {
            json.WriteStartObject();
            json.WriteNumber("number", segment.Number);
            json.WriteNumber("first_record", segment.FirstRecordIndex);
            json.WriteNumber("records", segment.CommittedRecords);
            json.WriteNumber("checkpoint_slots", segment.CheckpointRecords);
            json.WriteNumber("capacity", segment.CapacityRecords);
            json.WriteString("state", segment.State.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("instruments");
        foreach (InstrumentSummary instrument in summary.Instruments)
        {
            json.WriteStartObject();
            json.WriteNumber("id", instrument.Id);
            json.WriteString("venue", instrument.Venue.ToName());
            json.WriteString("symbol", instrument.Symbol);
            json.WriteNumber("epoch", instrument.Epoch);
            json.WriteNumber("price_decimals", instrument.PriceDecimals);
            json.WriteNumber("quantity_decimals", instrument.QuantityDecimals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("streams");
        foreach (StreamSummary stream in summary.Streams)
        {
            json.WriteStartObject();
            json.WriteNumber("id", stream.Id);
            json.WriteNumber("instrument", stream.InstrumentId);
            json.WriteString("channel", stream.Channel);
            json.WriteString("role", stream.Role.ToString());
            json.WriteNumber("messages", stream.Messages);
            WriteSequence("first_sequence", stream.MinSequence);
            WriteSequence("last_sequence", stream.MaxSequence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("records");
        foreach ((RecordKind kind, long count) in summary.RecordsByKind)
        {
            json.WriteNumber(kind.ToString(), count);
        }

        json.WriteEndObject();
        json.WriteStartArray("findings");
        foreach (object finding in summary.Findings)
        {
            json.WriteStringValue(finding.ToString());
        }

        json.WriteEndArray();

        void WriteSequence(string name, long sequence)
        {
            if (sequence == Sequence.None)
            {
                json.WriteNull(name);
            }
            else
            {
                json.WriteNumber(name, sequence);
            }
        }
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string SequenceText(long sequence) => sequence == Sequence.None ? "none" : sequence.ToString(CultureInfo.InvariantCulture);
}
