using System.Runtime.Intrinsics;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.Streams;

/// <summary>
/// What the frames of a stream have in common: fixed text (keys, names, all punctuation), and between it the places where values stand. Learnt from a frame that was
/// read field by field. A frame that has the same text in the same places holds the same fields, so its values can be taken without looking at a key; any other
/// is read field by field again, so nothing is taken in, or rejected, by its shape. Made once, never changed.
/// </summary>
internal sealed class FrameShape
{
    /// <summary>Most places. A frame with more (a USD-M depth message has 16) has no shape.</summary>
    public const int PlacesMax = 48;

    private readonly ShapePlace[] _places;

    private FrameShape(ShapePlace[] places) => _places = places;

    /// <summary>
    /// Learns from an object that was read before, and from what stands behind it: which of its values are places, and the rest as fixed text. Null = it has no shape: too many places,
    /// or text that is not ASCII; or it is a known one. Only what is new is allocated.
    /// </summary>
    /// <typeparam name="TSlots">The slots of its keys.</typeparam>
    /// <param name="frame">The whole frame.</param>
    /// <param name="fixedStart">Where the fixed text begins.</param>
    /// <param name="objectStart">Where the object begins.</param>
    /// <param name="texts">Slots whose strings are places; other strings belong to the fixed text.</param>
    /// <param name="arrays">Slots whose arrays are places.</param>
    /// <param name="known">Shapes that there are.</param>
    public static FrameShape? Learn<TSlots>(ReadOnlySpan<byte> frame, int fixedStart, int objectStart, ulong texts, ulong arrays, ReadOnlySpan<FrameShape> known)
        where TSlots : struct, IFieldSlots
    {
        Span<ShapePlace> places = stackalloc ShapePlace[PlacesMax];
        int count = 0;
        int fixedFrom = fixedStart;
        JsonValue value = default;
        JsonScanner scanner = new(frame, objectStart);
        scanner.EnterObject();
        while (scanner.NextMember())
        {
            int slot = TSlots.SlotOf(scanner);
            ulong bit = slot == FieldSet.None ? 0 : FieldSet.Bit(slot);
            int start = scanner.Position;
            if (!scanner.ReadValue(ref value))
            {
                return null;
            }

            ShapePlaceKind kind = value.Token switch
            {
                JsonToken.Number => ShapePlaceKind.Integer,
                JsonToken.True or JsonToken.False => ShapePlaceKind.Flag,
                JsonToken.String when (bit & texts) != 0 => ShapePlaceKind.Text,
                JsonToken.Array when (bit & arrays) != 0 => ShapePlaceKind.Array,
                JsonToken.String when bit != 0 && !value.Escaped => ShapePlaceKind.FixedText,
                _ => ShapePlaceKind.Nothing,
            };
            if (kind == ShapePlaceKind.Nothing)
            {
                // A key that is not read; of one that is, the value must be known.
                if (bit != 0)
                {
                    return null;
                }

                continue;
            }

            int end = kind == ShapePlaceKind.FixedText ? scanner.Position : start;
            if (!TryAdd(places, ref count, frame[fixedFrom..end], kind, slot, value.Length))
            {
                return null;
            }

            fixedFrom = scanner.Position;
        }

        if (!TryAdd(places, ref count, frame[fixedFrom..], ShapePlaceKind.Nothing, FieldSet.None, 0))
        {
            return null;
        }

        places = places[..count];
        foreach (FrameShape shape in known)
        {
            if (shape.Has(places))
            {
                return null;
            }
        }

        return new FrameShape(places.ToArray());
    }

    /// <summary>
    /// Reads on in a frame as far as the next array, which the caller reads and adds to the fields. False = the frame has ended, and all its fields are there (then
    /// <see cref="IsEnd"/>), or it has another shape, or a fault.
    /// </summary>
    /// <param name="scanner">Stands where the fixed text begins, or behind the last array.</param>
    /// <param name="fields">Takes the values.</param>
    /// <param name="place">The place to go on at; 0 at first.</param>
    /// <param name="slot">The slot of the array.</param>
    public bool ReadToArray(ref JsonScanner scanner, FieldSet fields, ref int place, out int slot)
    {
        ReadOnlySpan<ShapePlace> places = _places;
        while ((uint)place < (uint)places.Length)
        {
            ref readonly ShapePlace next = ref places[place];
            slot = next.Slot;
            if (!scanner.TryTakeText(next.Text, next.Mask, next.Length))
            {
                return false;
            }

            bool read = next.Kind switch
            {
                ShapePlaceKind.Nothing => true,
                ShapePlaceKind.Integer => scanner.TryReadInteger(ref fields[slot]),
                ShapePlaceKind.Text => scanner.IsAt((byte)'"') && scanner.ReadValue(ref fields[slot]),
                ShapePlaceKind.Flag => scanner.TryReadFlag(ref fields[slot]),
                ShapePlaceKind.FixedText => scanner.TakenString(next.ValueLength, ref fields[slot]),
                _ => scanner.IsAt((byte)'['),
            };
            if (!read)
            {
                return false;
            }

            place++;
            fields.AddAll(next.Bit);
            if (next.Kind == ShapePlaceKind.Array)
            {
                return true;
            }
        }

        slot = FieldSet.Unread;
        return false;
    }

    /// <summary>Whether the place is behind the last one.</summary>
    public bool IsEnd(int place) => place == _places.Length;

    private bool Has(ReadOnlySpan<ShapePlace> places)
    {
        bool equal = _places.Length == places.Length;
        for (int index = 0; equal && index < places.Length; index++)
        {
            ref readonly ShapePlace left = ref _places[index];
            ref readonly ShapePlace right = ref places[index];
            equal = (left.Text, left.Length, left.Kind, left.Slot, left.ValueLength) == (right.Text, right.Length, right.Kind, right.Slot, right.ValueLength);
        }

        return equal;
    }

    // Text of more than 16 bytes takes several places.
    private static bool TryAdd(Span<ShapePlace> places, ref int count, ReadOnlySpan<byte> text, ShapePlaceKind kind, int slot, int valueLength)
    {
        if (!System.Text.Ascii.IsValid(text))
        {
            return false;
        }

        Span<byte> padded = stackalloc byte[VectorText.Width];
        do
        {
            if (count == places.Length)
            {
                return false;
            }

            int length = Math.Min(text.Length, VectorText.Width);
            bool last = length == text.Length;
            padded.Clear();
            text[..length].CopyTo(padded);
            Vector128<byte> bytes = Vector128.Create<byte>(padded);
            places[count++] = new ShapePlace
            {
                Text = bytes,
                Mask = Vector128.GreaterThan(Vector128.Create((byte)length), Vector128<byte>.Indices),
                Length = length,
                Kind = last ? kind : ShapePlaceKind.Nothing,
                ValueLength = kind == ShapePlaceKind.FixedText ? valueLength : 0,
                Slot = last && slot != FieldSet.None ? slot : FieldSet.Unread,
                Bit = last && slot != FieldSet.None && kind != ShapePlaceKind.Array ? FieldSet.Bit(slot) : 0,
            };
            text = text[length..];
        }
        while (!text.IsEmpty);

        return true;
    }
}
