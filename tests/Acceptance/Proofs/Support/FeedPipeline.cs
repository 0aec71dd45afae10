using System.Text;
using Lob.Fast.Baselines;
using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>Decoder, sequencer and logic of any venue: books only, nothing is journaled.</summary>
internal sealed class FeedPipeline : IDisposable
{
    private readonly InputSequencer<IVenueDecoder, NullSink> _sequencer;

    public FeedPipeline(Venue venue, EngineOptions? options = null)
    {
        Logic = new Logic<NullSink>(default, options);
        _sequencer = new InputSequencer<IVenueDecoder, NullSink>(CodecFactory.Create(venue), Logic);
    }

    public Logic<NullSink> Logic { get; }

    public DecodeResult Feed(RecordedFrame frame) => _sequencer.OnFrame(new Frame
    {
        Bytes = frame.Bytes.Span,
        Symbol = Encoding.UTF8.GetBytes(frame.Symbol ?? ""),
        ReceivedAtNs = frame.ReceivedAtNs,
        Line = frame.Line,
        FileIndex = (ushort)frame.FileIndex,
        Connection = (ushort)frame.Connection,
    });

    public void Dispose()
    {
        _sequencer.Dispose();
        Logic.Dispose();
    }
}
