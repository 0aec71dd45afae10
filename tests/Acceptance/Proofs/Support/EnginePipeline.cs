using System.Text;
using Lob.Fast.Acceptance.Oracle;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>Decoder, sequencer, logic and, if a folder is given, journal: put together as <c>lob replay</c> does it.</summary>
internal sealed class EnginePipeline : IDisposable
{
    private readonly JournalSink.Target _target = new();
    private readonly IVenueDecoder _decoder;

    private EnginePipeline(BinanceMarket market, string symbol, EngineOptions? options)
        : this(BinanceRecordings.VenueOf(market), new DecoderOptions { DefaultSymbol = symbol }, options)
    {
    }

    private EnginePipeline(Venue venue, DecoderOptions? decoderOptions, EngineOptions? options)
    {
        _decoder = CodecFactory.Create(venue, decoderOptions);
        Logic = new Logic<JournalSink>(new JournalSink(_target), options);
    }

    public Logic<JournalSink> Logic { get; }

    public InputSequencer<IVenueDecoder, JournalSink> Sequencer { get; private set; } = null!;

    public IVenueDecoder Decoder => _decoder;

    public JournalWriter? Writer => _target.Writer;

    /// <summary>The only book; null = no depth stream has appeared.</summary>
    public BookStream? Book => Logic.Books.Count == 0 ? null : Logic.Books.Single();

    /// <summary>Books only.</summary>
    public static EnginePipeline InMemory(BinanceMarket market, string symbol, EngineOptions? options = null)
    {
        var pipeline = new EnginePipeline(market, symbol, options);
        pipeline.Start();
        return pipeline;
    }

    /// <summary>Books only, of any venue.</summary>
    public static EnginePipeline InMemory(Venue venue, DecoderOptions? options = null)
    {
        var pipeline = new EnginePipeline(venue, options, null);
        pipeline.Start();
        return pipeline;
    }

    /// <summary>With a new journal, of any venue.</summary>
    public static EnginePipeline Journaled(Venue venue, string folder, JournalOptions? options = null, DecoderOptions? decoderOptions = null)
    {
        var pipeline = new EnginePipeline(venue, decoderOptions, null);
        pipeline._target.Writer = JournalWriter.Create(folder, pipeline.Logic, options);
        pipeline.Start();
        return pipeline;
    }

    /// <summary>With a new journal.</summary>
    public static EnginePipeline Journaled(BinanceMarket market, string symbol, string folder, JournalOptions? options = null)
    {
        var pipeline = new EnginePipeline(market, symbol, null);
        pipeline._target.Writer = JournalWriter.Create(folder, pipeline.Logic, options);
        pipeline.Start();
        return pipeline;
    }

    /// <summary>Goes on with the journal in the folder, from the state at its end.</summary>
    public static EnginePipeline Appending(BinanceMarket market, string symbol, string folder, JournalOptions? options = null)
    {
        var pipeline = new EnginePipeline(market, symbol, null);
        pipeline._target.Writer = JournalWriter.OpenForAppend(folder, new ContinuedState(folder, pipeline.Logic, pipeline._decoder.Learn), options);
        pipeline.Start();
        return pipeline;
    }

    /// <summary>Makes a journal of a recording, in one run.</summary>
    public static void WriteJournal(BinanceMarket market, string[] files, string folder, JournalOptions? options = null)
    {
        using EnginePipeline pipeline = Journaled(market, BinanceRecordings.SymbolOf(files[0]), folder, options);
        pipeline.FeedAll(files);
        pipeline.Close();
    }

    public DecodeResult Feed(RecordedFrame frame) => Sequencer.OnFrame(new Frame
    {
        Bytes = frame.Bytes.Span,
        Symbol = Encoding.UTF8.GetBytes(frame.Symbol ?? ""),
        ReceivedAtNs = frame.ReceivedAtNs,
        Line = frame.Line,
        FileIndex = (ushort)frame.FileIndex,
        Connection = (ushort)frame.Connection,
    });

    /// <summary>All lines of a recording, read by the product's own reader.</summary>
    public void FeedAll(params string[] files)
    {
        using var reader = new Codecs.Recordings.RecordingReader(ProofRecordings.PathsOf(files));
        while (reader.TryRead(out RecordedLine line))
        {
            if (line.Reason == RejectReason.None)
            {
                Sequencer.OnFrame(line.Frame);
            }
            else
            {
                Sequencer.OnRejected(line.Frame, line.Reason, line.FaultByte);
            }
        }
    }

    /// <summary>Ends the input cleanly, and the journal with it.</summary>
    public void Close()
    {
        Sequencer.Close();
        _target.Writer?.Dispose();
    }

    public void Dispose()
    {
        _target.Writer?.Dispose();
        Sequencer?.Dispose();
        Logic.Dispose();
    }

    private void Start() => Sequencer = new InputSequencer<IVenueDecoder, JournalSink>(_decoder, Logic);
}
