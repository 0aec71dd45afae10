using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Journal.Tests.Views;

/// <summary>A journal of a bundled recording of Binance that grows frame by frame, over several sessions if a test ends and continues it.</summary>
internal sealed class GrowingJournal : IDisposable
{
    private readonly string _folder;
    private readonly JournalOptions _options;
    private readonly string _symbol;
    private readonly RecordingReader _reader;
    private Session? _session;

    public GrowingJournal(string folder, string recording, JournalOptions options)
    {
        _folder = folder;
        _options = options;
        _symbol = recording.Split('_')[1].ToUpperInvariant();
        _reader = new RecordingReader([RecordedJournal.PathOf(recording)]);
    }

    /// <summary>Adds frames; false at the end of the recording.</summary>
    public bool Add(int frames)
    {
        _session ??= new Session(_folder, _symbol, _options);
        for (int i = 0; i < frames; i++)
        {
            if (!_reader.TryRead(out RecordedLine line))
            {
                return false;
            }

            _session.Sequencer.OnFrame(line.Frame);
        }

        return true;
    }

    /// <summary>Ends the session; the next frame continues the journal in another.</summary>
    public void Close()
    {
        _session?.Dispose();
        _session = null;
    }

    public void Dispose()
    {
        Close();
        _reader.Dispose();
    }

    private sealed class Session : IDisposable
    {
        private readonly Logic<JournalSink> _logic;
        private readonly JournalWriter _writer;

        public Session(string folder, string symbol, JournalOptions options)
        {
            IVenueDecoder decoder = CodecFactory.Create(Venue.BinanceSpot, new DecoderOptions { DefaultSymbol = symbol });
            var target = new JournalSink.Target();
            _logic = new Logic<JournalSink>(new JournalSink(target));
            _writer = JournalFolder.HasSegments(folder)
                ? JournalWriter.OpenForAppend(folder, new ContinuedState(folder, _logic, decoder.Learn), options)
                : JournalWriter.Create(folder, _logic, options);
            target.Writer = _writer;
            Sequencer = new InputSequencer<IVenueDecoder, JournalSink>(decoder, _logic);
        }

        public InputSequencer<IVenueDecoder, JournalSink> Sequencer { get; }

        public void Dispose()
        {
            Sequencer.Close();
            _writer.Dispose();
            Sequencer.Dispose();
            _logic.Dispose();
        }
    }
}
