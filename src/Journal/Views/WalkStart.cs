using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Views;

/// <summary>Where a walk begins, and what it knows there.</summary>
internal static class WalkStart
{
    /// <summary>
    /// The segment before the one that holds the first moment asked for: the state at that one's border is then known in full, what no checkpoint
    /// holds (the event time of the last row) included.
    /// </summary>
    public static int SegmentOf(JournalReader reader, ViewRequest request)
    {
        int first = reader.Segments[0].Number;
        return request.FromNs == long.MinValue ? first : Math.Max(first, reader.FindSegment(request.FromNs) - 1);
    }

    /// <summary>The walk from a checkpoint on.</summary>
    /// <param name="checkpoint">All its records, without padding.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="catalog">Learns the instruments and streams that the checkpoint declares.</param>
    /// <param name="target">Takes the rows.</param>
    public static RowWalk At(ReadOnlySpan<Record> checkpoint, ViewRequest request, ViewCatalog catalog, IRowTarget target)
    {
        long nowNs = checkpoint.IsEmpty ? 0 : checkpoint[0].Header.ReceivedAtNs;
        var walk = new RowWalk(request, target, nowNs);
        BookTrack? track = null;
        for (int i = 0; i < checkpoint.Length; i++)
        {
            ref readonly Record record = ref checkpoint[i];
            switch (record.Header.Kind)
            {
                case RecordKind.InstrumentDefinition when !record.Header.Has(RecordFlags.Continued):
                    catalog.Define(checkpoint.Slice(i, InstrumentDefinition.Slots));
                    break;
                case RecordKind.StreamDefinition when !record.Header.Has(RecordFlags.Continued):
                    track = null;
                    if (catalog.Declare(checkpoint.Slice(i, StreamDefinition.Slots)))
                    {
                        track = new BookTrack(record.Header.StreamId);
                        walk.Add(track);
                    }

                    break;
                case RecordKind.StreamState when track != null && !record.Header.Has(RecordFlags.Continued):
                    StreamState state = Record.Read<StreamState>(record);
                    track.IsProven = (BookState)state.Header.Code is BookState.Live or BookState.Stale;
                    track.PreviousSequence = state.PreviousSequence;
                    track.VenueTimeNs = state.Header.VenueTimeNs;
                    track.IsChanged = track.IsProven
                        && IsDue(request.Cadence, Record.Read<StreamStateTimes>(checkpoint[i + 1]).LastAppliedNs, nowNs);
                    StreamStateChecksums checksums = Record.Read<StreamStateChecksums>(checkpoint[i + 2]);
                    track.Checksum = checksums.LastPresence == ChecksumPresence.NoField ? null : checksums.LastChecksum;
                    break;
                default:
                    break;
            }
        }

        return walk;
    }

    /// <summary>Whether a change at a time has no row yet at the time of a checkpoint: no point of the grid lies between them.</summary>
    private static bool IsDue(ViewCadence cadence, long changedNs, long nowNs) =>
        !cadence.IsEveryMessage && cadence.PointFrom(changedNs) >= nowNs;
}
