using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Inspection;

/// <summary>A stream and what came by it.</summary>
/// <param name="Id">In the journal.</param>
/// <param name="InstrumentId">Instrument it belongs to.</param>
/// <param name="Role">What it carries.</param>
/// <param name="Channel">In the venue's own words.</param>
/// <param name="Messages">Messages of the venue, checkpoints not counted.</param>
/// <param name="MinSequence">Smallest LastSequence of a message; <see cref="Sequence.None"/> = there was none.</param>
/// <param name="MaxSequence">Largest.</param>
/// <param name="FirstTimeNs">Receive time of its first message; 0 = none.</param>
/// <param name="LastTimeNs">Receive time of its last message; 0 = none.</param>
public sealed record StreamSummary(
    uint Id, uint InstrumentId, StreamRole Role, string Channel, long Messages, long MinSequence, long MaxSequence, long FirstTimeNs, long LastTimeNs);
