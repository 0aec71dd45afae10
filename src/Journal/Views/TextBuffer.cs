using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;

namespace Lob.Fast.Journal.Views;

/// <summary>Growing bytes with what the formats write most: numbers as text, exactly.</summary>
internal sealed class TextBuffer
{
    private byte[] _bytes = new byte[4096];

    /// <summary>Bytes held.</summary>
    public int Length { get; private set; }

    /// <summary>What is held.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Append(byte value) => Take(1)[0] = value;

    public void Append(string text)
    {
        Span<byte> target = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, target);
    }

    public void Append(long value)
    {
        bool fits = Utf8Formatter.TryFormat(value, Room(DecimalText.CharactersMax), out int count);
        Debug.Assert(fits, "a long has at most 20 characters");
        Length += count;
    }

    /// <summary>A price in the venue's own text.</summary>
    public void AppendPrice(L2Book book, in BookLevel level) =>
        Length += DecimalText.Format(Room(DecimalText.CharactersMax), level.PriceTicks, book.PriceDecimals, level.TextForm.PriceDecimals);

    /// <summary>A quantity in the venue's own text.</summary>
    public void AppendQuantity(L2Book book, in BookLevel level) =>
        Length += DecimalText.Format(Room(DecimalText.CharactersMax), level.QuantityLots, book.QuantityDecimals, level.TextForm.QuantityDecimals);

    /// <summary>The next <paramref name="count"/> bytes, to be written by the caller.</summary>
    public Span<byte> Take(int count)
    {
        Span<byte> room = Room(count);
        Length += count;
        return room[..count];
    }

    private Span<byte> Room(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max((long)_bytes.Length * 2, Length + (long)count), Array.MaxLength));
        }

        return _bytes.AsSpan(Length);
    }
}
