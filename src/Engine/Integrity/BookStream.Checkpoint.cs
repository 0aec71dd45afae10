using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <content>The whole state as records, and back.</content>
public sealed partial class BookStream
{
    /// <summary>Adds the definition, the state and counters, the levels and what waits.</summary>
    internal void WriteCheckpoint(RecordBuffer target, long nowNs)
    {
        int start = target.Count;
        target.AddRange(_definitionSlots);

        ref StreamState state = ref AddState<StreamState>(target, (byte)State);
        state.Header.VenueTimeNs = VenueTimeNs;
        state.LastSequence = LastSequence;
        state.FirstSequence = _firstSequence;
        state.PreviousSequence = _previousSequence;
        state.SnapshotSequence = _snapshotSequence;
        state.Dropped = _dropped;
        state.WasLive = (byte)(_wasLive ? 1 : 0);
        state.Changed = (byte)(_changed ? 1 : 0);
        state.SnapshotWaits = (byte)(_snapshotWaits ? 1 : 0);

        ref StreamStateTimes times = ref AddState<StreamStateTimes>(target, 0);
        times.Header.Flags |= RecordFlags.Continued;
        times.LastAppliedNs = _lastAppliedNs;
        times.BrokenSinceNs = _brokenSinceNs;
        times.CrossedSinceNs = _crossedSinceNs;
        times.Locked = (byte)(_locked ? 1 : 0);
        times.Connection = Connection;

        ref StreamStateChecksums checksums = ref AddState<StreamStateChecksums>(target, 0);
        checksums.Header.Flags |= RecordFlags.Continued;
        checksums.LastMismatchNs = _lastMismatchNs;
        checksums.EarlierMismatchNs = _earlierMismatchNs;
        checksums.LastChecksum = _lastChecksum;
        checksums.LastPresence = _lastPresence;
        checksums.Verified = (byte)(_verified ? 1 : 0);
        checksums.Distrusted = (byte)(_distrusted ? 1 : 0);

        ref Seal seal = ref AddState<Seal>(target, (byte)State);
        FillSeal(ref seal);
        seal.Header.Flags |= RecordFlags.Continued;
        ref SealCounts counts = ref AddState<SealCounts>(target, 0);
        CopyCounts(_second, ref counts);
        counts.Header.Flags |= RecordFlags.Continued;
        ref SealProofs proofs = ref AddState<SealProofs>(target, 0);
        CopyProofs(_secondProofs, ref proofs);
        proofs.Header.Flags |= RecordFlags.Continued;

        ref BookImage image = ref target.Add<BookImage>();
        image.Header = new RecordHeader { Kind = RecordKind.BookImage, StreamId = Id, ReceivedAtNs = nowNs };
        FillImage(ref image, State);
        Checkpoints.AddLevels(target, Book, Id, nowNs, VenueTimeNs, RecordFlags.None);
        Checkpoints.Mark(target.Records[start..]);
        _ownBests.WriteCheckpoint(target);
        Checkpoints.AddMessages(target, _waiting.Records);
    }

    /// <summary>Takes the state from the records that follow the definition in a checkpoint and returns how many they were.</summary>
    internal int Restore(ReadOnlySpan<Record> records)
    {
        StreamState state = Read<StreamState>(records, 0, RecordKind.StreamState);
        State = (BookState)state.Header.Code;
        VenueTimeNs = state.Header.VenueTimeNs;
        LastSequence = state.LastSequence;
        _firstSequence = state.FirstSequence;
        _previousSequence = state.PreviousSequence;
        _snapshotSequence = state.SnapshotSequence;
        _dropped = state.Dropped;
        _wasLive = state.WasLive != 0;
        _changed = state.Changed != 0;
        _snapshotWaits = state.SnapshotWaits != 0;

        StreamStateTimes times = Read<StreamStateTimes>(records, 1, RecordKind.StreamState);
        _lastAppliedNs = times.LastAppliedNs;
        _brokenSinceNs = times.BrokenSinceNs;
        _crossedSinceNs = times.CrossedSinceNs;
        _locked = times.Locked != 0;
        Connection = times.Connection;

        StreamStateChecksums checksums = Read<StreamStateChecksums>(records, 2, RecordKind.StreamState);
        _lastMismatchNs = checksums.LastMismatchNs;
        _earlierMismatchNs = checksums.EarlierMismatchNs;
        _lastChecksum = checksums.LastChecksum;
        _lastPresence = checksums.LastPresence;
        _verified = checksums.Verified != 0;
        _distrusted = checksums.Distrusted != 0;

        _secondFirstSequence = Read<Seal>(records, 3, RecordKind.StreamState).FirstSequence;
        _second = Read<SealCounts>(records, 4, RecordKind.StreamState);
        _secondProofs = Read<SealProofs>(records, 5, RecordKind.StreamState);

        BookImage image = Read<BookImage>(records, StreamState.Slots, RecordKind.BookImage);
        _snapshotRange = new PriceRange(image.KnownLowTicks, image.KnownHighTicks);
        int position = StreamState.Slots + 1;
        for (uint i = 0; i < image.BidLevels + image.AskLevels; i++)
        {
            LevelSet level = Read<LevelSet>(records, position++, RecordKind.LevelSet);
            Book.Set(level.Header.Side, level.PriceTicks, level.QuantityLots, level.Header.TextForm, level.OrderCount);
        }

        while (position < records.Length && records[position].Header.Kind == RecordKind.RememberedBest)
        {
            _ownBests.Restore(records[position++]);
        }

        int waitingStart = position;
        while (position < records.Length && records[position].Header.Kind is RecordKind.MessageBegin or RecordKind.LevelSet)
        {
            if (records[position].Header.Kind == RecordKind.MessageBegin)
            {
                _waitingTail = position - waitingStart;
            }

            position++;
        }

        _waiting.AddRange(records[waitingStart..position]);
        Checkpoints.RestoreMessages(_waiting.Records);
        return position;
    }

    private ref T AddState<T>(RecordBuffer target, byte code) where T : unmanaged, IRecord
    {
        ref Record slot = ref target.Add();
        slot.Header = new RecordHeader { Kind = RecordKind.StreamState, Code = code, StreamId = Id };
        return ref Record.As<T>(ref slot);
    }

    private T Read<T>(ReadOnlySpan<Record> records, int index, RecordKind expected) where T : unmanaged, IRecord
    {
        if (index >= records.Length || records[index].Header.Kind != expected)
        {
            string found = index < records.Length ? records[index].Header.Kind.ToString() : "the end";
            throw new InvalidDataException($"checkpoint of stream {Id} ({Channel}): expected {expected} at slot {index} behind its definition, found {found}");
        }

        return Record.Read<T>(records[index]);
    }
}
