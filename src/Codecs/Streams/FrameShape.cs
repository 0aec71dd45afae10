using System.Runtime.Intrinsics;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.Streams;

/// <summary>
/// What the frames of a stream have in common: fixed text (keys, names, all punctuation), and between it the places where values stand. Learnt from frames that were
/// read field by field. A frame that has the same text in the same places holds the same fields, so its values can be taken without looking at a key; any other
/// is read field by field again, so nothing is taken in, or rejected, by its shape. Frames with different fields share the places they begin with: a tree, in which each
/// way from the first place to an end is that of one frame. Not thread-safe: one owner.
/// </summary>
internal sealed class FrameShape
{
    /// <summary>Most places of one frame (a USD-M depth message has 16). One with more has no shape.</summary>
    public const int PlacesMax = 48;

    // Stands for a place: the frame has ended.
    private const int Ended = -1;

    private readonly ShapePlace[] _places;
    private int _count;

    /// <summary>A shape of no frame yet.</summary>
    /// <param name="capacity">Most places of all frames together: a frame for which there is no room is read field by field, however often it comes.</param>
    public FrameShape(int capacity) => _places = new ShapePlace[capacity];

    /// <summary>
    /// Learns from an object that was read before, and from what stands behind it: which of its values are places, and the rest as fixed text. False = it has no shape: too many places,
    /// or text that is not ASCII; or it is known, or there is no room. Allocates nothing.
    /// </summary>
    /// <typeparam name="TSlots">The slots of its keys.</typeparam>
    /// <param name="frame">The whole frame.</param>
    /// <param name="fixedStart">Where the fixed text begins; fields whose value begins before it are no part of the shape.</param>
    /// <param name="objectStart">Where the object begins.</param>
    /// <param name="rules">Which values differ.</param>
    public bool TryLearn<TSlots>(ReadOnlySpan<byte> frame, int fixedStart, int objectStart, in ShapeRules rules)
        where TSlots : struct, IFieldSlots
    {
        Span<ShapePlace> places = stackalloc ShapePlace[PlacesMax];
        int count = 0;
        int fixedFrom = fixedStart;
        JsonScanner scanner = new(frame, objectStart);
        return TryLearnFields<TSlots>(ref scanner, rules, isInner: false, places, ref count, ref fixedFrom)
            && TryAdd(places, ref count, frame[fixedFrom..], new ShapePlace { Kind = ShapePlaceKind.End, Slot = FieldSet.Unread })
            && TryGrow(places[..count]);
    }

    /// <summary>
    /// Reads on in a frame as far as the next array, which the caller reads and adds to the fields. False = the frame has ended, and all its fields are there (then
    /// <see cref="IsEnd"/>), or it has another shape, or a fault.
    /// </summary>
    /// <param name="scanner">Stands where the fixed text begins, or behind the last array.</param>
    /// <param name="outer">Takes the values of the outer object.</param>
    /// <param name="inner">Takes those of the inner one, after it has forgotten what it had.</param>
    /// <param name="place">The place to go on at; 0 at first.</param>
    /// <param name="slot">The slot of the array.</param>
    public bool ReadToArray(ref JsonScanner scanner, FieldSet outer, FieldSet inner, ref int place, out int slot)
    {
        ReadOnlySpan<ShapePlace> places = _places;
        while ((uint)place < (uint)places.Length)
        {
            ref readonly ShapePlace next = ref places[place];
            slot = next.Slot;
            if (!scanner.TryTakeText(next.Text, next.Mask, next.Length))
            {
                // Frames that are the same as far as here may have another text.
                if (next.Otherwise == 0)
                {
                    return false;
                }

                place = next.Otherwise;
                continue;
            }

            FieldSet fields = next.IsInner ? inner : outer;
            bool read = next.Kind switch
            {
                ShapePlaceKind.Nothing => true,
                ShapePlaceKind.Integer => scanner.TryReadInteger(ref fields[slot]),
                ShapePlaceKind.SignedInteger => scanner.TryReadSignedInteger(ref fields[slot]),
                ShapePlaceKind.Text => scanner.IsAt((byte)'"') && scanner.ReadValue(ref fields[slot]),
                ShapePlaceKind.Flag => scanner.TryReadFlag(ref fields[slot]),
                ShapePlaceKind.FixedText => scanner.TakenString(next.ValueLength, ref fields[slot]),
                ShapePlaceKind.Object => Enter(scanner.Position, JsonToken.Object, ref fields[slot], inner, next.ValueLength),
                ShapePlaceKind.ObjectInArray => Enter(scanner.Position, JsonToken.Array, ref fields[slot], inner, next.ValueLength),
                ShapePlaceKind.End => true,
                _ => scanner.IsAt((byte)'['),
            };
            if (!read)
            {
                return false;
            }

            place++;
            fields.AddAll(next.Bit);
            if (next.Kind >= ShapePlaceKind.Array)
            {
                place = next.Kind == ShapePlaceKind.End ? Ended : place;
                return next.Kind == ShapePlaceKind.Array;
            }
        }

        slot = FieldSet.Unread;
        return false;
    }

    /// <summary>Whether the place is behind the last one of a frame.</summary>
    public static bool IsEnd(int place) => place == Ended;

    private static bool Enter(int position, JsonToken token, ref JsonValue value, FieldSet inner, int objectOffset)
    {
        value = new JsonValue { Token = token, Start = position };
        inner.Clear(position + objectOffset);
        return true;
    }

    // The fields of an object that the scanner stands at.
    private static bool TryLearnFields<TSlots>(
        ref JsonScanner scanner, in ShapeRules rules, bool isInner, scoped Span<ShapePlace> places, ref int count, ref int fixedFrom)
        where TSlots : struct, IFieldSlots
    {
        JsonValue value = default;
        scanner.EnterObject();
        while (scanner.NextMember())
        {
            int slot = TSlots.SlotOf(scanner);
            ulong bit = slot == FieldSet.None ? 0 : FieldSet.Bit(slot);
            int start = scanner.Position;
            if (!isInner && (bit & rules.Objects) != 0)
            {
                if (!TryLearnInner<TSlots>(ref scanner, rules, slot, places, ref count, ref fixedFrom))
                {
                    return false;
                }

                continue;
            }

            if (!scanner.ReadValue(ref value))
            {
                return false;
            }

            if (start < fixedFrom)
            {
                continue;
            }

            ShapePlaceKind kind = value.Token switch
            {
                JsonToken.Number => (bit & rules.Signed) != 0 ? ShapePlaceKind.SignedInteger : ShapePlaceKind.Integer,
                JsonToken.True or JsonToken.False => ShapePlaceKind.Flag,
                JsonToken.String when (bit & rules.Texts) != 0 || (bit == 0 && rules.UnreadTexts) => ShapePlaceKind.Text,
                JsonToken.Array when (bit & rules.Arrays) != 0 && isInner == (rules.Objects != 0) => ShapePlaceKind.Array,
                JsonToken.String when bit != 0 && !value.Escaped => ShapePlaceKind.FixedText,
                _ => ShapePlaceKind.Nothing,
            };
            if (kind == ShapePlaceKind.Nothing)
            {
                // A key that is not read; of one that is, the value must be known.
                if (bit != 0)
                {
                    return false;
                }

                continue;
            }

            int end = kind == ShapePlaceKind.FixedText ? scanner.Position : start;
            ShapePlace place = new()
            {
                Kind = kind,
                IsInner = isInner,
                ValueLength = kind == ShapePlaceKind.FixedText ? value.Length : 0,
                Slot = slot == FieldSet.None ? FieldSet.Unread : slot,
                Bit = kind == ShapePlaceKind.Array ? 0 : bit,
            };
            if (!TryAdd(places, ref count, scanner.Frame[fixedFrom..end], place))
            {
                return false;
            }

            fixedFrom = scanner.Position;
        }

        return !scanner.Failed;
    }

    // The inner object, which the scanner stands at, or an array of it alone.
    private static bool TryLearnInner<TSlots>(
        ref JsonScanner scanner, in ShapeRules rules, int slot, scoped Span<ShapePlace> places, ref int count, ref int fixedFrom)
        where TSlots : struct, IFieldSlots
    {
        int start = scanner.Position;
        bool isListed = scanner.Peek() == JsonToken.Array;
        if (isListed && !(scanner.EnterArray() && scanner.NextElement()))
        {
            return false;
        }

        if (scanner.Peek() != JsonToken.Object)
        {
            return false;
        }

        ShapePlace place = new()
        {
            Kind = isListed ? ShapePlaceKind.ObjectInArray : ShapePlaceKind.Object,
            ValueLength = scanner.Position - start,
            Slot = slot,
            Bit = FieldSet.Bit(slot),
        };
        if (!TryAdd(places, ref count, scanner.Frame[fixedFrom..start], place))
        {
            return false;
        }

        fixedFrom = start;
        return TryLearnFields<TSlots>(ref scanner, rules, isInner: true, places, ref count, ref fixedFrom)
            && !(isListed && scanner.NextElement());
    }

    // Text of more than 16 bytes takes several places, the last of which is the one given.
    private static bool TryAdd(scoped Span<ShapePlace> places, ref int count, ReadOnlySpan<byte> text, in ShapePlace place)
    {
        if (!System.Text.Ascii.IsValid(text))
        {
            return false;
        }

        Span<byte> padded = stackalloc byte[VectorText.Width];
        bool isLast;
        do
        {
            if (count == places.Length)
            {
                return false;
            }

            int length = Math.Min(text.Length, VectorText.Width);
            isLast = length == text.Length;
            padded.Clear();
            text[..length].CopyTo(padded);
            ref ShapePlace added = ref places[count++];
            added = isLast ? place : new ShapePlace { Slot = FieldSet.Unread };
            added.Text = Vector128.Create<byte>(padded);
            added.Mask = Vector128.GreaterThan(Vector128.Create((byte)length), Vector128<byte>.Indices);
            added.Length = length;
            text = text[length..];
        }
        while (!isLast);

        return true;
    }

    // Adds a frame's places from the first one on that is new. False = none is, or there are too many.
    private bool TryGrow(ReadOnlySpan<ShapePlace> frame)
    {
        int known = 0;
        int at = 0;
        int fork = Ended;
        while (at < _count && known < frame.Length)
        {
            if (Same(_places[at], frame[known]))
            {
                fork = Ended;
                known++;
                at++;
            }
            else
            {
                fork = at;
                at = _places[at].Otherwise == 0 ? _count : _places[at].Otherwise;
            }
        }

        int added = frame.Length - known;
        if (added == 0 || _count + added > _places.Length)
        {
            return false;
        }

        frame[known..].CopyTo(_places.AsSpan(_count));
        if (fork != Ended)
        {
            _places[fork].Otherwise = _count;
        }

        _count += added;
        return true;
    }

    private static bool Same(in ShapePlace left, in ShapePlace right) =>
        (left.Text, left.Length, left.Kind, left.IsInner, left.Slot, left.ValueLength)
            == (right.Text, right.Length, right.Kind, right.IsInner, right.Slot, right.ValueLength);
}
