using System.CommandLine;
using Lob.Fast.Cli.Output;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Reruns;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>rerun</c>: the inputs of a journal through the logic again, everything derived compared.</summary>
internal static class RerunVerb
{
    public static Command Create()
    {
        Argument<string> journal = CommonOptions.Journal();
        var command = new Command("rerun", "Inputs of a journal through the logic again; every derived record and checkpoint is compared, byte by byte.") { journal };
        return command.WithAction((result, json) =>
        {
            using JournalReader reader = JournalReader.Open(result.GetValue(journal)!);
            using var progress = new ProgressLine("rerun");
            long first = reader.Segments[0].FirstIndex;
            double total = reader.Segments[^1].FirstIndex + reader.Segments[^1].CommittedCount - first;
            RerunResult rerun = JournalRerun.Run(reader, null, index =>
            {
                if (progress.IsDue())
                {
                    progress.Show((index - first) / total, $"{index - first:N0} records");
                }
            });
            if (json)
            {
                JsonOutput.Write(writer =>
                {
                    writer.WriteBoolean("equal", rerun.Difference == null);
                    writer.WriteNumber("input_records", rerun.InputRecords);
                    writer.WriteNumber("derived_records", rerun.DerivedRecords);
                    writer.WriteString("difference", rerun.Difference);
                });
            }
            else
            {
                Console.Error.WriteLine(
                    $"{rerun.InputRecords:N0} input records fed, {rerun.DerivedRecords:N0} derived records compared: {rerun.Difference ?? "no difference"}");
            }

            return rerun.Difference == null ? ExitCode.Ok : ExitCode.Failed;
        });
    }
}
