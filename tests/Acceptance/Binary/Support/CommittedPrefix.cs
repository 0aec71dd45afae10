using System.Numerics;
using System.Runtime.InteropServices;
using Lob.Fast.Journal.Reading;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>
/// Follows what is committed to a journal, slot by slot over all segments, checkpoints and padding included, and hashes it: as a reader in another
/// process sees it.
/// </summary>
internal sealed class CommittedPrefix(JournalReader reader)
{
    private int _ordinal;
    private int _slots;

    /// <summary>Slots seen.</summary>
    public long Count { get; private set; }

    /// <summary>CRC-32C of all their bytes.</summary>
    public uint Hash { get; private set; }

    /// <summary>Count and hash.</summary>
    public (long Count, uint Hash) Note => (Count, Hash);

    /// <summary>Takes in what has come since, at most up to a count.</summary>
    public void Advance(long countMax = long.MaxValue)
    {
        while (Count < countMax)
        {
            JournalSegment segment = reader.Segments[_ordinal];
            bool isOver = segment.State != Journal.Format.SegmentState.Open || _ordinal + 1 < reader.Segments.Count;
            int committed = segment.CommittedCount;
            int slots = (int)Math.Min(committed - _slots, countMax - Count);
            Add(segment.Committed.Slice(_slots, slots));
            if (slots > 0)
            {
                continue;
            }

            if (!isOver || (_ordinal + 1 == reader.Segments.Count && !reader.Refresh()))
            {
                return;
            }

            _ordinal++;
            _slots = 0;
        }
    }

    private void Add(ReadOnlySpan<Record> records)
    {
        uint hash = Hash;
        foreach (ulong word in MemoryMarshal.Cast<Record, ulong>(records))
        {
            hash = BitOperations.Crc32C(hash, word);
        }

        Hash = hash;
        Count += records.Length;
        _slots += records.Length;
    }
}
