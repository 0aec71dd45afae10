using System.Buffers.Text;
using System.Text;

namespace Lob.Fast.VenueSim.Streams;

/// <summary>Writes a frame's text piece by piece. One a venue, used under its gate.</summary>
internal sealed class FrameText
{
    private const int LongestNumber = 24;

    private byte[] _buffer = new byte[4096];
    private int _length;

    public int Length => _length;

    /// <summary>Begins anew.</summary>
    public FrameText Start()
    {
        _length = 0;
        return this;
    }

    /// <summary>As it is.</summary>
    public FrameText Add(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
        return this;
    }

    /// <summary>As it is: for words that need no escapes.</summary>
    public FrameText Add(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        return this;
    }

    public FrameText Add(long number)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out int written);
        _length += written;
        return this;
    }

    public FrameText Add(char ascii)
    {
        Reserve(1);
        _buffer[_length++] = (byte)ascii;
        return this;
    }

    /// <summary>units × 10^−decimals with all its decimals.</summary>
    public FrameText Fixed(Int128 units, int decimals)
    {
        Reserve(64);
        if (units < 0)
        {
            _buffer[_length++] = (byte)'-';
            units = -units;
        }

        Span<byte> digits = stackalloc byte[48];
        int count = 0;
        for (; units > 0 || count <= decimals; units /= 10)
            digits[count++] = (byte)('0' + (int)(units % 10));

        while (count > 0)
        {
            _buffer[_length++] = digits[--count];
            if (count == decimals && count > 0) _buffer[_length++] = (byte)'.';
        }

        return this;
    }

    /// <summary>units × 10^−decimals without zeros at the end of a fraction.</summary>
    public FrameText Trimmed(Int128 units, int decimals)
    {
        while (decimals > 0 && units % 10 == 0)
        {
            units /= 10;
            decimals--;
        }

        return Fixed(units, decimals);
    }

    /// <summary>units × 10^−decimals as JavaScript writes a number: below 1e-6 with an exponent.</summary>
    public FrameText JavaScript(long units, int decimals)
    {
        if (units < 0)
        {
            Add('-');
            units = -units;
        }

        while (decimals > 0 && units % 10 == 0 && units != 0)
        {
            units /= 10;
            decimals--;
        }

        int digits = 1;
        for (long rest = units; rest >= 10; rest /= 10)
            digits++;

        int exponent = digits - 1 - decimals;
        if (units == 0) return Add('0');

        return exponent >= -6 ? Fixed(units, decimals) : Fixed(units, digits - 1).Add("e-"u8).Add(-exponent);
    }

    /// <summary>2026-08-09T21:05:48.228568Z</summary>
    public FrameText Iso(long ms, int fractionDigits = 6)
    {
        Reserve(40);
        DateTime time = DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;
        return Add(time.ToString(fractionDigits == 9 ? "yyyy-MM-ddTHH:mm:ss.fffffff00Z" : "yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>What is written so far; good until the next piece.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    public override string ToString() => Encoding.UTF8.GetString(_buffer, 0, _length);

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
