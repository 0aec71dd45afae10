using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Benchmarks;

/// <summary>The whole pipeline: decode, book, digest, integrity, seals; with a journal if a folder is given.</summary>
internal sealed class PipelineWork : IBenchWork
{
    private readonly BenchRecording _recording;
    private readonly string? _journalFolder;
    private readonly JournalWriter? _writer;
    private readonly Logic<JournalSink> _logic;
    private readonly InputSequencer<IVenueDecoder, JournalSink> _sequencer;

    public PipelineWork(BenchRecording recording, IVenueDecoder decoder, string? journalFolder)
    {
        _recording = recording;
        _journalFolder = journalFolder;
        var target = new JournalSink.Target();
        _logic = new Logic<JournalSink>(new JournalSink(target));
        if (journalFolder != null)
        {
            _writer = JournalWriter.Create(journalFolder, _logic, new JournalOptions());
            target.Writer = _writer;
        }

        _sequencer = new InputSequencer<IVenueDecoder, JournalSink>(decoder, _logic);
        if (recording.CanBePlayedAgain)
        {
            Play(0);
        }
    }

    public Logic<JournalSink> Logic => _logic;

    public void Run()
    {
        for (int pass = 1; pass <= _recording.Passes; pass++)
        {
            Play(pass);
        }
    }

    /// <summary>One frame, for latencies.</summary>
    public void RunOne(int index, int pass) => _sequencer.OnFrame(_recording.At(index, pass));

    private void Play(int pass)
    {
        for (int i = 0; i < _recording.Count; i++)
        {
            _sequencer.OnFrame(_recording.At(i, pass));
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _sequencer.Dispose();
        _logic.Dispose();
        if (_journalFolder != null)
        {
            Directory.Delete(_journalFolder, recursive: true);
        }
    }
}
