using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs;

/// <summary>A decoder, with what it met and did not turn into records. The counts are read on the decode thread, or after it has stopped.</summary>
public interface IVenueDecoder : IFrameDecoder
{
    /// <summary>The market whose frames it decodes.</summary>
    Venue Venue { get; }

    /// <summary>The fields that were missing in the frame decoded last, by the venue's names; empty unless it was rejected for that. For error messages.</summary>
    IReadOnlyList<string> MissingFields();

    /// <summary>A copy of the counts of <see cref="DecodeOutcome.UnknownEvent"/> by name, in order of first appearance.</summary>
    IReadOnlyDictionary<string, long> UnknownEvents();

    /// <summary>A copy of the counts of <see cref="DecodeOutcome.Control"/> by name, in order of first appearance.</summary>
    IReadOnlyDictionary<string, long> ControlMessages();
}
