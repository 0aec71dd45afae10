using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>Room for one name of a frame (symbol, channel, stream name, event), escapes resolved.</summary>
internal sealed class NameBuffer
{
    /// <summary>Symbol, <c>@</c> and channel, each as long as a record holds.</summary>
    public const int BytesMax = (2 * Text40.BytesMax) + 1;

    private readonly byte[] _bytes = new byte[BytesMax];
    private int _length;

    /// <summary>The name.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    /// <summary>Makes it empty.</summary>
    public void Clear() => _length = 0;

    /// <summary>Takes a copy. False = too long; the buffer is then empty.</summary>
    public bool Set(ReadOnlySpan<byte> text)
    {
        Clear();
        return Append(text);
    }

    /// <summary>Takes the text of a JSON string. False = too long; the buffer is then empty.</summary>
    public bool Set(in JsonValue value, ReadOnlySpan<byte> frame)
    {
        if (!value.Escaped)
        {
            return Set(value.In(frame));
        }

        _length = Math.Max(0, JsonText.Unescape(value.In(frame), _bytes));
        return _length > 0;
    }

    /// <summary>Adds to the end. False = too long; the buffer is then empty.</summary>
    public bool Append(ReadOnlySpan<byte> text)
    {
        if (text.Length > BytesMax - _length)
        {
            Clear();
            return false;
        }

        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        return true;
    }

    /// <summary>ASCII letters to lower case.</summary>
    public void ToLower() => Ascii.ToLowerInPlace(_bytes.AsSpan(0, _length), out _);

    /// <summary>ASCII letters to upper case.</summary>
    public void ToUpper() => Ascii.ToUpperInPlace(_bytes.AsSpan(0, _length), out _);
}
