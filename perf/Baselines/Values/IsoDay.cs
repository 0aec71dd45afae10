using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Lob.Fast.Baselines.Values;

/// <summary>A day as it was written, <c>YYYY-MM-DD</c>, and its start: times of one feed are nearly all of the same day.</summary>
public struct IsoDay
{
    private const int Length = 10;

    private ulong _head;
    private ushort _tail;

    /// <summary>Its first nanosecond, Unix ns.</summary>
    public long StartNs { get; private set; }

    /// <summary>Makes it the day of this text. False = there is no such day.</summary>
    public bool TrySet(ReadOnlySpan<byte> text)
    {
        ulong head = BinaryPrimitives.ReadUInt64LittleEndian(text);
        ushort tail = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
        if (head == _head && tail == _tail)
        {
            return true;
        }

        Span<char> letters = stackalloc char[Length];
        Encoding.Latin1.GetChars(text[..Length], letters);
        if (!DateOnly.TryParseExact(letters, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            return false;
        }

        StartNs = (date.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        (_head, _tail) = (head, tail);
        return true;
    }
}
