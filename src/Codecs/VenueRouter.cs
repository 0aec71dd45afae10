using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs;

/// <summary>
/// Several venues into one logic: a decoder for each, which all number their instruments and streams together, and the connection of a frame says which one
/// reads it. Decode thread only, once frames come.
/// </summary>
public sealed class VenueRouter(DecoderOptions? options = null) : IFrameDecoder
{
    private readonly DefinitionNumbers _numbers = new();
    private readonly List<IVenueDecoder> _decoders = [];
    private readonly List<IVenueDecoder> _byConnection = [];

    /// <summary>The decoders, one a venue, in the order in which the venues appeared.</summary>
    public IReadOnlyList<IVenueDecoder> Decoders => _decoders;

    /// <summary>Gives the next connection its number, from 0.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public ushort Connect(Venue venue)
    {
        if (_byConnection.Count > ushort.MaxValue)
        {
            throw new InvalidOperationException($"{_byConnection.Count} connections are all that a journal can tell apart");
        }

        IVenueDecoder? decoder = _decoders.Find(known => known.Venue == venue);
        if (decoder == null)
        {
            decoder = CodecFactory.Create(venue, options);
            ((VenueDecoder)decoder).Share(_numbers);
            _decoders.Add(decoder);
        }

        _byConnection.Add(decoder);
        return (ushort)(_byConnection.Count - 1);
    }

    /// <summary>The decoder of a connection.</summary>
    public IVenueDecoder DecoderOf(ushort connection) => _byConnection[connection];

    /// <inheritdoc/>
    public DecodeResult Decode(in Frame frame, RecordBuffer batch) => _byConnection[frame.Connection].Decode(frame, batch);

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<Record> definition)
    {
        foreach (IVenueDecoder decoder in _decoders)
        {
            decoder.Learn(definition);
        }
    }
}
