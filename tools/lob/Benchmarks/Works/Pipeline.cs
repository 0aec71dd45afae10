using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>Decode, book, digest, integrity, seals on one thread (the fused layout); with a journal if a folder is given, which is deleted at the end.</summary>
/// <typeparam name="TSink">What the logic writes to.</typeparam>
internal sealed class Pipeline<TSink> : IDisposable where TSink : struct, IRecordSink
{
    private readonly string? _journalFolder;
    private readonly JournalWriter? _writer;
    private readonly InputSequencer<IVenueDecoder, TSink> _sequencer;

    /// <param name="decoder">One that has seen nothing yet.</param>
    /// <param name="sink">Writes to <paramref name="target"/>.</param>
    /// <param name="target">Gets the journal.</param>
    /// <param name="journalFolder">A folder that does not exist yet; null = no journal.</param>
    public Pipeline(IVenueDecoder decoder, TSink sink, JournalSink.Target target, string? journalFolder)
    {
        Logic = new Logic<TSink>(sink);
        _journalFolder = journalFolder;
        if (journalFolder != null)
        {
            _writer = JournalWriter.Create(journalFolder, Logic, new JournalOptions());
            target.Writer = _writer;
        }

        _sequencer = new InputSequencer<IVenueDecoder, TSink>(decoder, Logic);
    }

    public Logic<TSink> Logic { get; }

    /// <summary>Takes one frame; when this returns its records are committed.</summary>
    public void OnFrame(in Frame frame) => _sequencer.OnFrame(frame);

    public void Dispose()
    {
        _writer?.Dispose();
        _sequencer.Dispose();
        Logic.Dispose();
        if (_journalFolder != null)
        {
            Directory.Delete(_journalFolder, recursive: true);
        }
    }
}
