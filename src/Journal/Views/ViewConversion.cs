using System.Runtime.ExceptionServices;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Verification;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// Writes the books of a journal out as files. A quick walk finds all rows and the state at each segment's border; then threads build the
/// books of different segments, each from its checkpoint, and write their rows as text; then the parts are joined in the order of the segments.
/// So the files do not depend on the number of threads, nor on where segments begin.
/// </summary>
public static class ViewConversion
{
    private const double PlanShare = 0.1;
    private const double JoinShare = 0.1;
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(100);

    /// <summary>Converts.</summary>
    /// <exception cref="JournalException">The journal is damaged, no stream matches, or files are there that would change.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public static ViewReport Run(ViewRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Action<double> progress = request.Progress ?? (static _ => { });

        // Checksums are read far faster than text is written, and a file made of damaged records would look like any other.
        if (JournalVerifier.Run(request.JournalFolder).FirstDamage is { } damage)
        {
            throw new JournalException($"{damage} Nothing is made of a damaged journal; lob verify says what is damaged.");
        }

        ViewPlan plan;
        using (JournalReader reader = JournalReader.Open(request.JournalFolder))
        {
            plan = ViewPlanner.Plan(reader, request, share => progress(share * PlanShare));
        }

        using OutputFolder output = OutputFolder.Open(request.OutFolder);
        PartFiles[] parts = Convert(request, plan, output, progress);
        return Join(request, plan, output, parts, progress);
    }

    /// <summary>All segments, by as many threads as asked for.</summary>
    private static PartFiles[] Convert(ViewRequest request, ViewPlan plan, OutputFolder output, Action<double> progress)
    {
        PartFiles[] parts = [.. plan.Segments.Select(segment => new PartFiles(output.SpillFolder, segment.Number))];
        int next = -1;
        long rowsDone = 0;
        ExceptionDispatchInfo? failure = null;

        void Work()
        {
            try
            {
                using JournalReader reader = JournalReader.Open(request.JournalFolder);
                IView view = request.CreateView();
                int index;
                while (Volatile.Read(ref failure) == null && (index = Interlocked.Increment(ref next)) < parts.Length)
                {
                    SegmentConverter.Run(request, plan, plan.Segments[index], reader, view, parts[index], () => Interlocked.Increment(ref rowsDone));

                    // A journal of one segment stays in memory as far as it fits.
                    if (parts.Length > 1)
                    {
                        parts[index].SpillAll();
                    }
                }
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            }
        }

        int workers = Math.Clamp(request.Workers, 1, Math.Max(1, parts.Length));
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(number => new Thread(Work) { Name = $"convert-{number}", IsBackground = true })];
        Array.ForEach(threads, static thread => thread.Start());
        foreach (Thread thread in threads)
        {
            while (!thread.Join(BetweenReports))
            {
                progress(PlanShare + ((1 - PlanShare - JoinShare) * Interlocked.Read(ref rowsDone) / Math.Max(1, plan.Rows)));
            }
        }

        failure?.Throw();
        return parts;
    }

    /// <summary>Puts the parts of each file behind each other, adds what lies beside, and gives all their names.</summary>
    private static ViewReport Join(ViewRequest request, ViewPlan plan, OutputFolder output, PartFiles[] parts, Action<double> progress)
    {
        IView view = request.CreateView();
        IGrouping<ViewPath, PartFile>[] files =
        [
            .. parts.SelectMany(static segment => segment.Parts)
                .GroupBy(static part => part.Path)
                .OrderBy(static file => file.Key.ToString(), StringComparer.Ordinal),
        ];
        long bytes = 0;
        int done = 0;
        var described = new HashSet<string>(StringComparer.Ordinal);
        var summaries = new Dictionary<ViewPath, RowSummary>();
        foreach (IGrouping<ViewPath, PartFile> file in files)
        {
            var summary = new RowSummary();
            foreach (PartFile part in file)
            {
                summary.Append(part.Summary);
            }

            bytes += output.Stage(file.Key.ToString(), target => WriteData(target, view.Head(file.Key, summary), file));
            summaries.Add(file.Key, summary);
            if (described.Add(file.Key.Metadata))
            {
                output.Stage(file.Key.Metadata, target => MetadataText.WriteFile(target, request, view, file.First().Stream, file.Key, summary));
            }

            progress(1 - JoinShare + (JoinShare * ++done / files.Length));
        }

        foreach (ViewInstrument instrument in plan.Streams.Values.Select(static stream => stream.Instrument).Distinct())
        {
            output.Stage(ViewPath.OfInstrument(instrument), target => MetadataText.WriteInstrument(target, instrument));
        }

        (int written, int unchanged) = output.Publish(request.Force);
        return new ViewReport
        {
            Streams = [.. plan.Streams.Values.Select(Report)],
            Files = files.Length,
            Written = written,
            Unchanged = unchanged,
            Bytes = bytes,
        };

        ViewReport.StreamReport Report(ViewStream stream)
        {
            ViewPath[] own = [.. files.Where(file => file.First().Stream == stream).Select(static file => file.Key)];

            // Several files with the same metadata hold the same rows: the arrays of a stream.
            RowSummary[] counted = [.. own.DistinctBy(static path => path.Metadata).Select(path => summaries[path])];
            return new ViewReport.StreamReport(
                stream.Instrument.Venue, stream.Instrument.Symbol, stream.Channel, counted.Sum(static summary => summary.Rows),
                counted.Sum(static summary => (long)summary.Gaps.Count), [.. own.Select(static path => path.ToString())]);
        }
    }

    private static void WriteData(Stream target, byte[] head, IEnumerable<PartFile> parts)
    {
        target.Write(head);
        foreach (PartFile part in parts)
        {
            if (part.SpillPath != null)
            {
                using (FileStream spilled = File.OpenRead(part.SpillPath))
                {
                    spilled.CopyTo(target, bufferSize: 1 << 20);
                }

                File.Delete(part.SpillPath);
            }

            target.Write(part.Text.Written);
            part.Text.Clear();
        }
    }
}
