using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Journal.Writing;

/// <summary>The pipeline whose logic writes to the journal and nowhere else.</summary>
/// <inheritdoc cref="PipelineHost{TDecoder, TSink}(TDecoder, PipelineOptions, Func{JournalSink, TSink}, Func{Logic{TSink}, JournalWriter})"/>
/// <typeparam name="TDecoder">Decoder of the venue.</typeparam>
public sealed class PipelineHost<TDecoder>(TDecoder decoder, PipelineOptions options, Func<Logic<JournalSink>, JournalWriter?>? openJournal = null)
    : PipelineHost<TDecoder, JournalSink>(decoder, options, static journal => journal, openJournal)
    where TDecoder : IFrameDecoder;
