using System.CommandLine;
using Lob.Fast.Cli.Output;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Verification;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>verify</c>: structure, block checksums, and every seal derived again.</summary>
internal static class VerifyVerb
{
    public static Command Create()
    {
        Argument<string> journal = CommonOptions.Journal();
        var command = new Command("verify", "Structure and checksums of every block, and every seal derived again from the records; names the first difference.") { journal };
        return command.WithAction((result, json) =>
        {
            string folder = result.GetValue(journal)!;
            using var progress = new ProgressLine("verify");
            VerifyReport report = JournalVerifier.Run(folder, (done, total) =>
            {
                if (progress.IsDue())
                {
                    progress.Show((double)done / total / 2, "blocks");
                }
            });

            // Seals are derived from records that are known to be what was written, not from damaged ones.
            SealVerification? seals = report.IsSound ? VerifySeals(folder, report.Records, progress) : null;
            string? difference = report.FirstDamage?.ToString() ?? seals?.Difference;
            if (json)
            {
                JsonOutput.Write(writer =>
                {
                    writer.WriteBoolean("ok", difference == null);
                    writer.WriteNumber("segments", report.Segments);
                    writer.WriteNumber("blocks", report.Blocks);
                    writer.WriteNumber("records", report.Records);
                    writer.WriteNumber("records_with_checksum", report.RecordsWithChecksum);
                    writer.WriteNumber("messages", report.Messages);
                    writer.WriteNumber("seals", seals?.Seals ?? 0);
                    writer.WriteNumber("chain_links", seals?.ChainLinks ?? 0);
                    writer.WriteString("difference", difference);
                    writer.WriteStartArray("findings");
                    foreach (JournalFinding finding in report.Findings)
                    {
                        writer.WriteStringValue(finding.ToString());
                    }

                    writer.WriteEndArray();
                });
            }
            else
            {
                foreach (JournalFinding finding in report.Findings)
                {
                    Console.Error.WriteLine(finding.ToString());
                }

                Console.Error.WriteLine(
                    $"{report.Segments} segments, {report.Blocks} blocks, {report.Records:N0} records "
                    + $"({report.RecordsWithChecksum:N0} under a checksum), {report.Messages:N0} messages");
                Console.Error.WriteLine(seals == null
                    ? "seals: not derived, because the records are damaged"
                    : $"{seals.Seals:N0} seals and {seals.ChainLinks:N0} links of their chain derived again: {seals.Difference ?? "no difference"}");
            }

            return difference == null ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static SealVerification VerifySeals(string folder, long records, ProgressLine progress)
    {
        using JournalReader reader = JournalReader.Open(folder);
        return SealVerifier.Verify(reader, done =>
        {
            if (progress.IsDue())
            {
                progress.Show(0.5 + ((double)done / records / 2), "seals");
            }
        });
    }
}
