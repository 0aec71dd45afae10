using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// Walks one JSON text (RFC 8259) once, front to back, and validates every byte of it, read or skipped. It never throws and never allocates: the
/// first fault is kept in <see cref="Reason"/> and <see cref="FaultByte"/>, and every later call returns false. A frame is good only when
/// <see cref="End"/> has returned true.
/// <code>
/// JsonScanner scanner = new(frame);
/// if (scanner.EnterObject())
///     while (scanner.NextMember())          // false at the end of the object, and after a fault
///         scanner.SkipValue();              // or EnterObject, EnterArray, ReadValue
/// bool good = scanner.End();
/// </code>
/// </summary>
public ref partial struct JsonScanner
{
    /// <summary>
    /// Deepest nesting of objects and arrays. One bit a level says in <see cref="SkipValue"/> which of the two is open, and a register has 64; the
    /// deepest real market-data frame has 6. Deeper frames are rejected.
    /// </summary>
    public const int DepthMax = 64;

    private const int HexDigits = 4;

    private readonly ref byte _start;
    private readonly int _length;
    private int _at;
    private int _depth;

    // No element of the innermost open container has been passed yet. One bit is enough: when a container closes, its parent is past its first.
    private bool _first;

    // All bytes of strings so far, or-ed: their high bits tell whether there is anything but ASCII. Of those looked at in vectors, these bits alone.
    private ulong _bytesMet;
    private uint _notAscii;

    /// <summary>Starts at the first byte of <paramref name="frame"/>.</summary>
    public JsonScanner(ReadOnlySpan<byte> frame) : this(frame, 0)
    {
    }

    /// <summary>Starts inside a frame that has been validated before, to read a value again.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="position">First byte of the value.</param>
    public JsonScanner(ReadOnlySpan<byte> frame, int position)
    {
        _start = ref MemoryMarshal.GetReference(frame);
        _length = frame.Length;
        _at = position;
    }

    /// <summary>Starts inside a frame of which only what stands before has been compared, so many objects and arrays deep.</summary>
    internal JsonScanner(ReadOnlySpan<byte> frame, int position, int depth) : this(frame, position) => _depth = depth;

    /// <summary>The first fault; None while there is none.</summary>
    public RejectReason Reason { get; private set; }

    /// <summary>Byte at which the first fault was seen; the length of the frame where it ended too early.</summary>
    public int FaultByte { get; private set; }

    /// <summary>Whether a fault has been seen.</summary>
    public readonly bool Failed => Reason != RejectReason.None;

    /// <summary>The byte that is looked at next.</summary>
    public readonly int Position => _at;

    /// <summary>
    /// The key of the current member as bytes in one register, first byte lowest: keys of 1 to 8 bytes, escapes resolved. 0 for all others
    /// (empty, longer, or with a NUL in it); compare those with <see cref="KeyIs"/>.
    /// </summary>
    public ulong KeyWord { get; private set; }

    /// <summary>Where the key of the current member stands.</summary>
    public JsonValue Key { get; private set; }

    /// <summary>Validates a whole frame without reading anything of it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> frame, out RejectReason reason, out int faultByte)
    {
        JsonScanner scanner = new(frame);
        bool valid = scanner.SkipValue() && scanner.End();
        (reason, faultByte) = (scanner.Reason, scanner.FaultByte);
        return valid;
    }

    /// <summary>The value that comes next. None = the frame ends here, or what comes is no value; reading it tells which.</summary>
    public JsonToken Peek()
    {
        if (!SkipBlanks())
        {
            return JsonToken.None;
        }

        return At(_at) switch
        {
            (byte)'{' => JsonToken.Object,
            (byte)'[' => JsonToken.Array,
            (byte)'"' => JsonToken.String,
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonToken.Number,
            (byte)'t' => JsonToken.True,
            (byte)'f' => JsonToken.False,
            (byte)'n' => JsonToken.Null,
            _ => JsonToken.None,
        };
    }

    /// <summary>Steps into an object.</summary>
    public bool EnterObject() => Enter((byte)'{');

    /// <summary>Steps into an array.</summary>
    public bool EnterArray() => Enter((byte)'[');

    /// <summary>
    /// Steps to the next member of the object: <see cref="Key"/> and <see cref="KeyWord"/> are its key, its value must be read or skipped next.
    /// False = the object has ended and was left, or a fault.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextMember()
    {
        if (!Next((byte)'}'))
        {
            return false;
        }

        // The usual key: a few plain bytes, the colon right behind them, and the value right behind that.
        int at = _at + 1;
        if (At(_at) == (byte)'"')
        {
            Vector128<byte> text = Text(at);
            int length = BitOperations.TrailingZeroCount(VectorText.NotPlain(text));
            if (length is > 0 and < VectorText.Width && at + length + 1 < _length && At(at + length) == (byte)'"' && At(at + length + 1) == (byte)':')
            {
                _notAscii |= text.ExtractMostSignificantBits();
                KeyWord = length <= Swar.Width ? text.AsUInt64().ToScalar() & (ulong.MaxValue >> (64 - (8 * length))) : 0;
                Key = new JsonValue { Token = JsonToken.String, Start = at, Length = length };
                _at = at + length + 2;
                return true;
            }
        }

        return NextMemberSlow();
    }

    /// <summary>Steps to the next element of the array, which must be read or skipped next. False = the array has ended and was left, or a fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextElement() => Next((byte)']');

    /// <summary>Whether the key of the current member is <paramref name="text"/>, escapes resolved.</summary>
    public readonly bool KeyIs(scoped ReadOnlySpan<byte> text) => TextIs(Key, text);

    /// <summary>Whether the string <paramref name="value"/> is <paramref name="text"/>, escapes resolved.</summary>
    public readonly bool TextIs(scoped in JsonValue value, scoped ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> raw = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, value.Start), value.Length);
        return value.Escaped ? JsonText.Equal(raw, text) : raw.SequenceEqual(text);
    }

    /// <summary>Reads the value that comes next: strings, numbers and literals; objects and arrays are validated and passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadValue(ref JsonValue value)
    {
        // The usual value is a string of a few plain bytes.
        return TryReadString(ref value) || ReadValueSlow(ref value);
    }

    /// <summary>
    /// The value has ended: only white space may follow, and all of the frame must be valid UTF-8. The last call for a frame.
    /// </summary>
    public bool End()
    {
        if (Failed)
        {
            return false;
        }

        if (SkipBlanks())
        {
            return Fail(RejectReason.TrailingGarbage, _at);
        }

        if ((_bytesMet & Swar.HighBits) == 0 && _notAscii == 0)
        {
            return true;
        }

        ReadOnlySpan<byte> frame = MemoryMarshal.CreateReadOnlySpan(ref _start, _length);
        return Utf8.IsValid(frame) || Fail(RejectReason.NotUtf8, FirstInvalidUtf8(frame));
    }

    /// <summary>Notes a fault that the reader of the values found. The first fault stays.</summary>
    /// <returns>Always false.</returns>
    public bool Fail(RejectReason reason, int faultByte)
    {
        if (Reason == RejectReason.None)
        {
            Reason = reason;
            FaultByte = faultByte;
        }

        _at = _length;
        return false;
    }

    /// <summary>The bytes from the current position on, for a caller that validates them itself.</summary>
    internal readonly ref byte Bytes => ref Unsafe.Add(ref _start, _at);

    /// <summary>How many bytes there are from the current position on.</summary>
    internal readonly int BytesLeft => _length - _at;

    /// <summary>The whole frame.</summary>
    internal readonly ReadOnlySpan<byte> Frame => MemoryMarshal.CreateReadOnlySpan(ref _start, _length);

    /// <summary>
    /// Steps over <paramref name="bytes"/> bytes that the caller has validated itself: they must hold whole elements, and only ASCII.
    /// </summary>
    internal void Advance(int bytes) => _at += bytes;

    /// <summary>Whether the next byte is this one.</summary>
    internal readonly bool IsAt(byte expected) => _at < _length && At(_at) == expected;

    /// <summary>
    /// Steps over text that must stand here, up to 16 bytes of ASCII; false = another text does. For a caller that knows what the text means (<see cref="Streams.FrameShape"/>), as are
    /// the two below: the scanner does not keep count of what it is in.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryTakeText(Vector128<byte> text, Vector128<byte> mask, int length)
    {
        bool same = ((Text(_at) ^ text) & mask) == Vector128<byte>.Zero;
        _at += same ? length : 0;
        return same;
    }

    /// <summary>The plain string of so many bytes that was stepped over last.</summary>
    /// <returns>True.</returns>
    internal readonly bool TakenString(int length, ref JsonValue value)
    {
        value.Token = JsonToken.String;
        value.Start = _at - 1 - length;
        value.Length = length;
        value.Escaped = false;
        return true;
    }

    /// <summary>Reads a string; false = there is none, or not a plain and short one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadString(ref JsonValue value)
    {
        if (!IsAt((byte)'"'))
        {
            return false;
        }

        int at = _at + 1;
        Vector128<byte> text = Text(at);
        int length = BitOperations.TrailingZeroCount(VectorText.NotPlain(text));
        if (length >= VectorText.Width || at + length >= _length || At(at + length) != (byte)'"')
        {
            return false;
        }

        _notAscii |= text.ExtractMostSignificantBits();
        value.Start = at;
        value.Length = length;
        value.Token = JsonToken.String;
        value.Escaped = false;
        _at = at + length + 1;
        return true;
    }

    /// <summary>Reads an integer of up to 16 digits without a sign; false = there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryReadInteger(ref JsonValue value) => TryReadInteger(ref value, 0);

    /// <summary>The same, and it may have a minus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryReadSignedInteger(ref JsonValue value) => TryReadInteger(ref value, IsAt((byte)'-') ? 1 : 0);

    // sign is 1 where a minus stands in front.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadInteger(ref JsonValue value, int sign)
    {
        if (!VectorDigits.IsSupported)
        {
            return false;
        }

        int start = _at + sign;
        Vector128<byte> text = Text(start);
        uint stops = VectorDigits.NotDigits(text) | (1u << VectorDigits.Width);
        int digits = BitOperations.TrailingZeroCount(stops);
        int end = start + digits;
        if (VectorDigits.IsEmpty(stops) || (digits > 1 && At(start) == (byte)'0')
            || end >= _length || At(end) is not ((byte)',' or (byte)'}' or (byte)']'))
        {
            return false;
        }

        value.Token = JsonToken.Number;
        value.Form = JsonNumberForm.Integer;
        value.Integer = (VectorDigits.ReadInteger(text, digits) ^ -sign) + sign;
        value.Start = _at;
        value.Length = end - _at;
        _at = end;
        return true;
    }

    /// <summary>Reads true or false; false = it is neither.</summary>
    internal bool TryReadFlag(ref JsonValue value)
    {
        bool flag = IsAt((byte)'t');
        ReadOnlySpan<byte> text = flag ? "true"u8 : "false"u8;
        if (!Frame[_at..].StartsWith(text))
        {
            return false;
        }

        value.Token = flag ? JsonToken.True : JsonToken.False;
        value.Start = _at;
        value.Length = text.Length;
        _at += text.Length;
        return true;
    }

    private static int FirstInvalidUtf8(ReadOnlySpan<byte> frame)
    {
        int at = 0;
        while (at < frame.Length && Rune.DecodeFromUtf8(frame[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte At(int position) => Unsafe.Add(ref _start, position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Load(int position) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref _start, position));

    // The 16 bytes from a position on (at most the frame's length), zeros in place of those behind the frame.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly Vector128<byte> Text(int position) => _length - position >= VectorText.Width
        ? Vector128.LoadUnsafe(ref Unsafe.Add(ref _start, position))
        : LastText(position);

    // At the end of a frame: its last 16 bytes, moved. A frame of less than 16 is none that matters, and is looked at byte by byte.
    private readonly Vector128<byte> LastText(int position) => _length >= VectorText.Width
        ? VectorText.ShiftDown(Vector128.LoadUnsafe(ref Unsafe.Add(ref _start, _length - VectorText.Width)), VectorText.Width - (_length - position))
        : Vector128<byte>.Zero;

    // White space is passed over; true = there is a byte behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool SkipBlanks() => (_at < _length && At(_at) > (byte)' ') || SkipBlanksSlow();

    private bool SkipBlanksSlow()
    {
        while (_at < _length)
        {
            if (At(_at) is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return true;
            }

            _at++;
        }

        return false;
    }

    // What stands at _at must not be there: the end of the frame, or a wrong byte. A frame of nothing but blanks is empty.
    private bool FailHere() => _at < _length
        ? Fail(RejectReason.Syntax, _at)
        : Fail(_depth == 0 ? RejectReason.Empty : RejectReason.Truncated, _length);

    private bool Enter(byte opening)
    {
        if (!SkipBlanks() || At(_at) != opening)
        {
            return FailHere();
        }

        if (_depth == DepthMax)
        {
            return Fail(RejectReason.TooDeep, _at);
        }

        _depth++;
        _at++;
        _first = true;
        return true;
    }

    // To the next element or key: over the comma, or out of the container.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Next(byte closing)
    {
        if (!SkipBlanks())
        {
            return FailHere();
        }

        byte found = At(_at);
        if (found == closing)
        {
            _at++;
            _depth--;
            _first = false;
            return false;
        }

        if (_first)
        {
            _first = false;
            return true;
        }

        if (found != (byte)',')
        {
            return FailHere();
        }

        _at++;
        return SkipBlanks() || FailHere();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool NextMemberSlow()
    {
        JsonValue key = default;
        if (At(_at) != (byte)'"')
        {
            return FailHere();
        }

        _at++;
        if (!ScanString(ref key))
        {
            return false;
        }

        if (!SkipBlanks() || At(_at) != (byte)':')
        {
            return FailHere();
        }

        _at++;
        Key = key;
        KeyWord = JsonText.Word(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, key.Start), key.Length), key.Escaped);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReadValueSlow(ref JsonValue value)
    {
        JsonToken token = Peek();
        switch (token)
        {
            case JsonToken.String:
                _at++;
                return ScanString(ref value);
            case JsonToken.Number:
                return TryReadInteger(ref value) || ScanNumber(ref value);
            case JsonToken.Object or JsonToken.Array:
                value.Token = token;
                value.Start = _at;
                if (!SkipValue())
                {
                    return false;
                }

                value.Length = _at - value.Start;
                return true;
            case JsonToken.None:
                return FailHere();
            default:
                value.Token = token;
                value.Start = _at;
                value.Length = token == JsonToken.False ? 5 : 4;
                return ScanLiteral(token);
        }
    }

    // _at stands behind the opening quote.
    private bool ScanString(ref JsonValue value)
    {
        value.Token = JsonToken.String;
        value.Start = _at;
        value.Escaped = false;
        int at = _at;
        while (true)
        {
            if (_length - at >= Swar.Width)
            {
                ulong word = Load(at);
                ulong hits = Swar.NotPlain(word);
                _bytesMet |= word;
                at += Swar.FirstHit(hits);
                if (hits == 0)
                {
                    continue;
                }
            }
            else if (at >= _length)
            {
                return Fail(RejectReason.Truncated, _length);
            }

            byte found = At(at);
            if (found == (byte)'"')
            {
                value.Length = at - _at;
                _at = at + 1;
                return true;
            }

            if (found == (byte)'\\')
            {
                value.Escaped = true;
                if (!ScanEscape(ref at))
                {
                    return false;
                }
            }
            else if (found < (byte)' ')
            {
                return Fail(RejectReason.Syntax, at);
            }
            else
            {
                _bytesMet |= found;
                at++;
            }
        }
    }

    // at stands on the backslash and is moved behind the escape.
    private bool ScanEscape(ref int at)
    {
        at++;
        if (at >= _length)
        {
            return Fail(RejectReason.Truncated, _length);
        }

        byte kind = At(at);
        if (kind is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            at++;
            return true;
        }

        if (kind != (byte)'u')
        {
            return Fail(RejectReason.Syntax, at);
        }

        at++;
        for (int end = at + HexDigits; at < end; at++)
        {
            if (at >= _length)
            {
                return Fail(RejectReason.Truncated, _length);
            }

            if (!char.IsAsciiHexDigit((char)At(at)))
            {
                return Fail(RejectReason.Syntax, at);
            }
        }

        return true;
    }

    private bool ScanLiteral(JsonToken token)
    {
        ReadOnlySpan<byte> text = token switch
        {
            JsonToken.True => "true"u8,
            JsonToken.False => "false"u8,
            _ => "null"u8,
        };
        foreach (byte expected in text)
        {
            if (_at >= _length)
            {
                return Fail(RejectReason.Truncated, _length);
            }

            if (At(_at) != expected)
            {
                return Fail(RejectReason.Syntax, _at);
            }

            _at++;
        }

        return true;
    }

    // number = [ "-" ] ( "0" | 1–9 *digit ) [ "." 1*digit ] [ ( "e" | "E" ) [ "+" | "-" ] 1*digit ]
    private bool ScanNumber(ref JsonValue value)
    {
        value.Token = JsonToken.Number;
        value.Start = _at;
        value.Form = JsonNumberForm.Integer;
        bool negative = At(_at) == (byte)'-';
        if (negative)
        {
            _at++;
        }

        int digitsStart = _at;
        ulong number = 0;
        bool huge = false;
        for (; _at < _length; _at++)
        {
            uint digit = (uint)At(_at) - '0';
            if (digit > 9)
            {
                break;
            }

            // 2^63 itself is let through, for the smallest long.
            huge |= number > ((1UL << 63) - digit) / 10;
            number = (number * 10) + digit;
        }

        int digitCount = _at - digitsStart;
        if (digitCount == 0)
        {
            return Fail(_at < _length ? RejectReason.Syntax : RejectReason.Truncated, _at);
        }

        if (digitCount > 1 && At(digitsStart) == (byte)'0')
        {
            return Fail(RejectReason.Syntax, digitsStart + 1);
        }

        if (_at < _length && At(_at) == (byte)'.')
        {
            value.Form = JsonNumberForm.Real;
            _at++;
            if (!ScanDigits())
            {
                return false;
            }
        }

        if (_at < _length && At(_at) is (byte)'e' or (byte)'E')
        {
            value.Form = JsonNumberForm.Real;
            _at++;
            if (_at < _length && At(_at) is (byte)'+' or (byte)'-')
            {
                _at++;
            }

            if (!ScanDigits())
            {
                return false;
            }
        }

        if (value.Form == JsonNumberForm.Integer)
        {
            huge |= number > (negative ? 1UL << 63 : long.MaxValue);
            value.Form = huge ? JsonNumberForm.Huge : JsonNumberForm.Integer;
            value.Integer = negative ? (long)(0 - number) : (long)number;
        }

        value.Length = _at - value.Start;
        return true;
    }

    private bool ScanDigits()
    {
        int start = _at;
        while (_at < _length && char.IsAsciiDigit((char)At(_at)))
        {
            _at++;
        }

        return _at > start || Fail(_at < _length ? RejectReason.Syntax : RejectReason.Truncated, _at);
    }
}
