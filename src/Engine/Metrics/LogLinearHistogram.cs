using System.Numerics;
using System.Runtime.CompilerServices;

namespace Lob.Fast.Engine.Metrics;

/// <summary>
/// Counts of values from 0 to long.MaxValue in buckets that are exact below 128 and at most 1/64 (1.6 %) wide above: each power of two has 64 of
/// them. Recording is an increment and never allocates; the whole table is 29 KiB. One thread writes; reading while it writes gives counts that are
/// each right but not of one moment.
/// </summary>
public sealed class LogLinearHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _counts = new long[((64 - SubBits) * SubBuckets) + SubBuckets];

    /// <summary>Values recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Largest value recorded; 0 when there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Sum of all values, exact as long as it fits a long.</summary>
    public long Sum { get; private set; }

    /// <summary>Records a value; below 0 counts as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(long value)
    {
        if (value < 0)
        {
            value = 0;
        }

        _counts[IndexOf((ulong)value)]++;
        Count++;
        Sum += value;
        if (value > Max)
        {
            Max = value;
        }
    }

    /// <summary>
    /// The smallest recorded bucket's upper end at or below which a share of all values lies, never above <see cref="Max"/>; 0 when nothing was recorded.
    /// </summary>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public long Percentile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(UpperEnd(i), Max);
            }
        }

        return Max;
    }

    /// <summary>Adds all values of another histogram.</summary>
    public void Add(LogLinearHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Sum += other.Sum;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        Sum = 0;
        Max = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf(ulong value)
    {
        // The top SubBits + 1 bits of the value choose the bucket; small values are their own bucket.
        int shift = Math.Max(0, BitOperations.Log2(value | SubBuckets) - SubBits);
        return (shift << SubBits) + (int)(value >> shift);
    }

    private static long UpperEnd(int index)
    {
        if (index < 2 * SubBuckets)
        {
            return index;
        }

        int shift = (index >> SubBits) - 1;
        ulong top = (ulong)(index - (shift << SubBits));
        return (long)(((top + 1) << shift) - 1);
    }
}
