using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>Decode, book, digest, integrity, seals in a layout; with a journal if a folder is given, which is deleted at the end.</summary>
/// <typeparam name="TSink">What the logic writes to.</typeparam>
internal sealed class Pipeline<TSink> : IDisposable where TSink : struct, IRecordSink
{
    private readonly string? _journalFolder;
    private readonly JournalOptions _journalOptions;
    private readonly PipelineHost<IVenueDecoder, TSink> _host;
    private JournalWriter? _writer;

    /// <param name="decoder">One that has seen nothing yet.</param>
    /// <param name="layout">Fused or split.</param>
    /// <param name="sink">Makes the logic's sink of the journal's.</param>
    /// <param name="journalFolder">A folder that does not exist yet; null = no journal.</param>
    /// <param name="journalOptions">How it is written; null = as always.</param>
    public Pipeline(IVenueDecoder decoder, Layout layout, Func<JournalSink, TSink> sink, string? journalFolder, JournalOptions? journalOptions = null)
    {
        _journalOptions = journalOptions ?? new JournalOptions();
        _journalFolder = journalFolder;
        _host = new PipelineHost<IVenueDecoder, TSink>(decoder, new PipelineOptions { Plan = PlanOf(layout) }, sink, OpenJournal);
    }

    public Logic<TSink> Logic => _host.Logic;

    /// <summary>Index, in the whole journal, of the slot after the last committed one, as any thread may see it.</summary>
    public long CommittedEnd => _writer?.CommittedEnd ?? 0;

    /// <summary>A layout as it is measured: spinning where there are cores for that, placed by the system.</summary>
    public static LayoutPlan PlanOf(Layout layout) => LayoutPlan.Choose(layout, WaitKind.Spin, pin: null);

    /// <summary>Takes one frame; in the fused layout its records are committed when this returns.</summary>
    public void OnFrame(in Frame frame) => _host.OnFrame(frame);

    /// <summary>Waits until the records of all frames are committed.</summary>
    public void Drain() => _host.Drain();

    public void Dispose()
    {
        _host.Dispose();
        if (_journalFolder != null)
        {
            Directory.Delete(_journalFolder, recursive: true);
        }
    }

    private JournalWriter? OpenJournal(Logic<TSink> logic) =>
        _journalFolder == null ? null : _writer = JournalWriter.Create(_journalFolder, logic, _journalOptions);
}
