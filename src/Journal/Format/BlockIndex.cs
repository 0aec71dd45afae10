using System.Runtime.CompilerServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Format;

/// <summary>
/// What can be looked for in a block without reading it. Covers the records that are neither padding nor part of a checkpoint.
/// </summary>
/// <param name="FirstTimeNs">Receive time of the first such record; 0 = none.</param>
/// <param name="LastTimeNs">Receive time of the last one; 0 = none.</param>
/// <param name="MinSequence">Smallest LastSequence of its MessageBegin records; long.MaxValue = none.</param>
/// <param name="MaxSequence">Largest one; long.MinValue = none.</param>
public record struct BlockIndex(long FirstTimeNs, long LastTimeNs, long MinSequence, long MaxSequence)
{
    /// <summary>Of a block that was never written to: zeros.</summary>
    public static BlockIndex Unwritten => default;

    /// <summary>Of no records.</summary>
    public static BlockIndex Empty => new(0, 0, long.MaxValue, long.MinValue);

    /// <summary>Takes in one record.</summary>
    public void Add(in Record record)
    {
        if (record.Header.Kind == RecordKind.Padding || record.Header.Has(RecordFlags.Checkpoint))
        {
            return;
        }

        AddTimes(record.Header.ReceivedAtNs, record.Header.ReceivedAtNs);
        if (record.Header.Kind == RecordKind.MessageBegin)
        {
            AddSequence(Record.Read<MessageBegin>(record).LastSequence);
        }
    }

    /// <summary>Takes in the times of the first and the last record of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddTimes(long firstNs, long lastNs)
    {
        if (FirstTimeNs == 0)
        {
            FirstTimeNs = firstNs;
        }

        LastTimeNs = lastNs;
    }

    /// <summary>Takes in the LastSequence of a message; <see cref="Sequence.None"/> does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddSequence(long sequence)
    {
        if (sequence != Sequence.None)
        {
            MinSequence = Math.Min(MinSequence, sequence);
            MaxSequence = Math.Max(MaxSequence, sequence);
        }
    }
}
