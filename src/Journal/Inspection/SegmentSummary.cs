using Lob.Fast.Journal.Format;

namespace Lob.Fast.Journal.Inspection;

/// <summary>Header fields of a segment.</summary>
/// <param name="Number">As in its name.</param>
/// <param name="State">Whether more may come.</param>
/// <param name="FileBytes">Size of the file.</param>
/// <param name="CapacityRecords">Slots that fit.</param>
/// <param name="CommittedRecords">Slots written.</param>
/// <param name="CheckpointRecords">Of those, its checkpoint.</param>
/// <param name="FirstRecordIndex">Index of its first slot in the whole journal.</param>
/// <param name="FirstTimeNs">Receive time of its first record behind the checkpoint; 0 = none.</param>
/// <param name="LastTimeNs">Receive time of its last record; 0 = none.</param>
public sealed record SegmentSummary(
    int Number, SegmentState State, long FileBytes, int CapacityRecords, int CommittedRecords, int CheckpointRecords,
    long FirstRecordIndex, long FirstTimeNs, long LastTimeNs);
