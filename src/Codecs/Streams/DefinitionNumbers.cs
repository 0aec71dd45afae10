namespace Lob.Fast.Codecs.Streams;

/// <summary>The numbers that instruments and streams have been given, each counted from 1 without holes. Decoders that feed one logic share one of these. Decode thread only.</summary>
public sealed class DefinitionNumbers
{
    internal uint LastInstrumentId { get; set; }

    internal uint LastStreamId { get; set; }

    internal void Reserve(DefinitionNumbers other)
    {
        LastInstrumentId = Math.Max(LastInstrumentId, other.LastInstrumentId);
        LastStreamId = Math.Max(LastStreamId, other.LastStreamId);
    }
}
