using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Recovery;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// Writes a journal: a folder of segments, each opening with a checkpoint. All calls come from one thread. Nothing is allocated on the
/// managed heap by <see cref="Append"/>, <see cref="Commit"/>, <see cref="Sealed"/>, nor by <see cref="Reserve"/> unless it rolls.
/// When a segment cannot be started (disk full, free-disk floor, folder gone) the journal is closed cleanly up to there and every further
/// <see cref="Reserve"/> throws the same <see cref="JournalException"/>.
/// </summary>
public sealed class JournalWriter : IRecordSink, IDisposable
{
    private readonly WriterLock _lock;
    private readonly JournalOptions _options;
    private readonly JournalFlusher? _flusher;
    private SegmentPreparer? _preparer;
    private SegmentWriter _segment;
    private string? _failure;
    private bool _disposed;

    private JournalWriter(string folder, JournalOptions options, WriterLock writerLock, RecoveryReport recovery, ICheckpointSource state)
    {
        Folder = folder;
        Recovery = recovery;
        _options = options;
        _lock = writerLock;
        _segment = StartSegment(recovery.NextSegmentNumber, recovery.EndIndex, slots: 0, state);
        if (options.PrepareAhead && options.SegmentRecords >= SegmentPreparer.SegmentRecordsMin)
        {
            _preparer = new SegmentPreparer(folder, options);
            _segment.UsePreparer(_preparer);
        }

        if (options.Durability != Durability.None)
        {
            _flusher = new JournalFlusher(folder, everySecond: options.Durability == Durability.Interval);
            _flusher.SegmentStarted(_segment.File);
        }
    }

    /// <summary>The journal's folder.</summary>
    public string Folder { get; }

    /// <summary>What was found when the journal was opened.</summary>
    public RecoveryReport Recovery { get; }

    /// <summary>Number of the segment that is written now.</summary>
    public int SegmentNumber => _segment.Number;

    /// <summary>Index, in the whole journal, of the slot after the last committed one.</summary>
    public long CommittedEnd => _segment.FirstIndex + _segment.Committed;

    /// <summary>Starts a journal in a folder that holds none; the folder is made if needed.</summary>
    /// <exception cref="JournalException">The folder holds a journal, is locked, or cannot be written.</exception>
    public static JournalWriter Create(string folder, ICheckpointSource state, JournalOptions? options = null) =>
        Open(folder, state, options, append: false);

    /// <summary>
    /// Continues a journal with a new segment, or starts one if there is none. Recovery runs first. <paramref name="state"/> is asked for its
    /// checkpoint before this returns: offline it is the state at the journal's end, live a state of empty books.
    /// </summary>
    /// <exception cref="JournalException">The journal is damaged, locked, or cannot be written.</exception>
    public static JournalWriter OpenForAppend(string folder, ICheckpointSource state, JournalOptions? options = null) =>
        Open(folder, state, options, append: true);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Reserve(int slots, ICheckpointSource state)
    {
        if (!_segment.TryReserve(slots))
        {
            Roll(slots, state);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<Record> records) => _segment.Append(records);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit() => _segment.Commit();

    /// <inheritdoc/>
    public void Sealed() => _segment.Seal();

    /// <summary>Where the open segment stands, for a <see cref="JournalFeed"/> that goes on counting.</summary>
    internal SegmentAccount Account() => new(_options.SegmentRecords, _segment.Capacity, _segment.Committed);

    /// <summary>
    /// Another thread decides from here on what fits: it counts slots as this writer does and says where a segment rolls. So all of the segment may be appended to.
    /// </summary>
    internal void ReserveAll() => _segment.ReserveAll();

    /// <summary>Rolls where that other thread said.</summary>
    /// <param name="roll">What it said, and what it counts: the two must agree.</param>
    /// <param name="state">The state after the last commit.</param>
    internal void RollAt(in JournalControl roll, ICheckpointSource state)
    {
        Check(roll.EndSlot, _segment.Committed);
        Roll(roll.Slots, state);
        Check(roll.Capacity, _segment.Capacity);
        Check(roll.FirstSlot, _segment.Committed);
        ReserveAll();

        void Check(int counted, int slots)
        {
            if (counted != slots)
            {
                throw new InvalidOperationException($"{Folder}: the feeding thread counts {counted} slots where segment {_segment.Number} has {slots}.");
            }
        }
    }

    /// <summary>Closes the journal cleanly. Records appended since the last commit are not part of it.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            if (_failure is null)
            {
                StopPreparing();
                _segment.End(SegmentState.Closed);
                Release(_segment);
            }

            _flusher?.Dispose();
            _flusher?.ThrowIfFailed();
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private static JournalWriter Open(string folder, ICheckpointSource state, JournalOptions? options, bool append)
    {
        ArgumentNullException.ThrowIfNull(state);
        options ??= new JournalOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SegmentRecords, JournalOptions.SegmentRecordsMin, "options.SegmentRecords");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.SegmentRecords, SegmentLayout.CapacityMax, "options.SegmentRecords");
        try
        {
            _ = Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"{folder}: the folder cannot be made: {exception.Message} Name another, or check who may write there.", exception);
        }

        WriterLock writerLock = WriterLock.Take(folder);
        try
        {
            if (!append && JournalFolder.HasSegments(folder))
            {
                throw new JournalException($"{folder}: expected no journal, found one. Name another folder, or append to it.");
            }

            return new JournalWriter(folder, options, writerLock, JournalRecovery.RunLocked(folder), state);
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Starts the next segment, then marks this one: whoever sees it rolled finds the next.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Roll(int slots, ICheckpointSource state)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failure is not null)
        {
            throw new JournalException(_failure);
        }

        if (_segment.HasUncommitted)
        {
            throw new InvalidOperationException("Reserve was called between an append and its commit, where the state is not that of the journal.");
        }

        SegmentWriter old = _segment;
        SegmentWriter next;
        try
        {
            _flusher?.ThrowIfFailed();
            next = StartSegment(old.Number + 1, CommittedEnd, slots, state);
        }
        catch (JournalException exception)
        {
            StopPreparing();
            _failure = $"{exception.Message} The journal is closed up to record {CommittedEnd}.";
            old.End(SegmentState.Closed);
            Release(old);
            throw new JournalException(_failure, exception);
        }

        _segment = next;
        _preparer?.Started(next);
        _flusher?.SegmentStarted(next.File);
        old.End(SegmentState.Rolled);
        Release(old);
        if (!next.TryReserve(slots))
        {
            throw new InvalidOperationException("A new segment has no room for the reservation that asked for it.");
        }
    }

    private SegmentWriter StartSegment(int number, long firstIndex, int slots, ICheckpointSource state)
    {
        if (number > JournalFolder.SegmentNumberMax)
        {
            throw new JournalException($"{Folder}: segment numbers end at {JournalFolder.SegmentNumberMax}. Start a new journal.");
        }

        using RecordBuffer checkpoint = new();
        state.WriteCheckpoint(checkpoint);
        CheckCheckpoint(checkpoint.Records);

        long capacity = SegmentLayout.CapacityFor(_options.SegmentRecords, checkpoint.Count, slots);
        if (capacity > SegmentLayout.CapacityMax)
        {
            throw new JournalException(
                $"{Folder}: a checkpoint of {checkpoint.Count:N0} slots and a message of {slots:N0} need a segment of {capacity:N0} records; at most "
                    + $"{SegmentLayout.CapacityMax:N0} are possible. Run fewer instruments in one engine.");
        }

        long bytes = SegmentLayout.FileBytes((int)capacity);
        bool isReserved = _preparer?.HasSpare(number, (int)capacity) ?? false;
        long free = _options.FreeBytes(Folder);
        if (_options.FreeDiskFloorBytes > 0 && free - (isReserved ? 0 : bytes) < _options.FreeDiskFloorBytes)
        {
            throw new JournalException(
                $"{Folder}: a new segment of {bytes:N0} bytes would leave {Math.Max(free - bytes, 0):N0} bytes free of {free:N0}, below the floor of "
                    + $"{_options.FreeDiskFloorBytes:N0}. Free some space, or lower the floor.");
        }

        try
        {
            bool sync = _options.Durability != Durability.None;
            return SegmentWriter.Create(Folder, number, (int)capacity, firstIndex, checkpoint.Records, _preparer, sync);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"{JournalFolder.SegmentPath(Folder, number)}: the segment cannot be put in place: {exception.Message}", exception);
        }
    }

    private static void CheckCheckpoint(ReadOnlySpan<Record> records)
    {
        foreach (ref readonly Record record in records)
        {
            if (!record.Header.Has(RecordFlags.Checkpoint))
            {
                throw new InvalidOperationException($"A checkpoint holds a record of kind {record.Header.Kind} without the Checkpoint flag.");
            }
        }

        if (!records.IsEmpty && !records[^1].Header.Has(RecordFlags.LastInMessage))
        {
            throw new InvalidOperationException("The last record of a checkpoint is not flagged LastInMessage.");
        }
    }

    private void Release(SegmentWriter segment)
    {
        // Unmapping 64 MiB takes a millisecond: better on any other thread.
        if (_flusher is not null)
        {
            _flusher.SegmentEnded(segment.File);
        }
        else if (_preparer is not null)
        {
            _preparer.Ended(segment.File);
        }
        else
        {
            segment.Dispose();
        }
    }

    private void StopPreparing()
    {
        _preparer?.Dispose();
        _preparer = null;
    }
}
