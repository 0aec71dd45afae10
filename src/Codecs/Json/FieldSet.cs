using System.Runtime.CompilerServices;

namespace Lob.Fast.Codecs.Json;

/// <summary>
/// The fields of one object by slot, as far as they have been met: keys may come in any order, and what a key means may be known only after it.
/// Preallocated; <see cref="Clear"/> costs two stores.
/// </summary>
internal sealed class FieldSet
{
    /// <summary>Slots: one bit of a register each.</summary>
    public const int SlotsMax = 64;

    /// <summary>Slot of a key that is not read.</summary>
    public const int None = -1;

    /// <summary>A place for values that are not read.</summary>
    public const int Unread = SlotsMax;

    private readonly JsonValue[] _values = new JsonValue[SlotsMax + 1];
    private readonly int[] _duplicateBytes = new int[SlotsMax];
    private ulong _duplicated;

    /// <summary>Where the object starts.</summary>
    public int Start { get; private set; }

    /// <summary>A bit for each slot that has been met.</summary>
    public ulong Seen { get; private set; }

    /// <summary>A bit for each slot that was required and had not been met when that was found out; 0 = none.</summary>
    public ulong Missing { get; set; }

    /// <summary>The value in <paramref name="slot"/>; means something only when <see cref="Has(int)"/>.</summary>
    public ref JsonValue this[int slot] => ref _values[slot];

    /// <summary>The bit of a slot.</summary>
    public static ulong Bit(int slot) => 1UL << slot;

    /// <summary>Forgets all fields.</summary>
    public void Clear(int start)
    {
        Start = start;
        Seen = 0;
        Missing = 0;
        _duplicated = 0;
    }

    /// <summary>Reads the object that the scanner stands at, in place of what was here. False = a fault, which the scanner holds.</summary>
    public bool Read<TSlots>(ref JsonScanner scanner)
        where TSlots : struct, IFieldSlots
    {
        Clear(scanner.Position);
        scanner.EnterObject();
        ReadTo<TSlots>(ref scanner, watched: 0, out _);
        return !scanner.Failed;
    }

    /// <summary>
    /// Reads on in an object that was entered, as far as the next new field in one of the slots <paramref name="watched"/>: the caller reads its value,
    /// and adds it. Keys without a slot are passed over, fields that come again are noted. False = the object has ended, or a fault, which the scanner holds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadTo<TSlots>(ref JsonScanner scanner, ulong watched, out int slot)
        where TSlots : struct, IFieldSlots
    {
        while (scanner.NextMember())
        {
            slot = TSlots.SlotOf(scanner);
            if (slot == None || Has(slot))
            {
                if (slot != None)
                {
                    AddDuplicate(slot, scanner.Position);
                }

                if (!scanner.SkipValue())
                {
                    return false;
                }

                continue;
            }

            if ((Bit(slot) & watched) != 0)
            {
                return true;
            }

            if (!scanner.ReadValue(ref _values[slot]))
            {
                return false;
            }

            Add(slot);
        }

        slot = None;
        return false;
    }

    /// <summary>Whether the field has been read.</summary>
    public bool Has(int slot) => (Seen & Bit(slot)) != 0;

    /// <summary>Whether the field has been read and is of this type.</summary>
    public bool Has(int slot, JsonToken token) => Has(slot) && _values[slot].Token == token;

    /// <summary>The value in <paramref name="slot"/> has been read completely.</summary>
    public void Add(int slot) => Seen |= Bit(slot);

    /// <summary>The same for slots by their bits.</summary>
    public void AddAll(ulong bits) => Seen |= bits;

    /// <summary>The field came again, its second value at <paramref name="position"/>.</summary>
    public void AddDuplicate(int slot, int position)
    {
        if ((_duplicated & Bit(slot)) == 0)
        {
            _duplicated |= Bit(slot);
            _duplicateBytes[slot] = position;
        }
    }

    /// <summary>Whether any field came twice.</summary>
    public bool HasDuplicates => _duplicated != 0;

    /// <summary>Names of the <see cref="Missing"/> fields. For error messages.</summary>
    public IEnumerable<string> MissingNames(Func<int, string> nameOf)
    {
        for (int slot = 0; slot < SlotsMax; slot++)
        {
            if ((Missing & Bit(slot)) != 0)
            {
                yield return nameOf(slot);
            }
        }
    }

    /// <summary>Whether one of the fields in <paramref name="slots"/> came twice, and where its second value stands.</summary>
    public bool HasDuplicate(ulong slots, out int position)
    {
        ulong duplicated = _duplicated & slots;
        position = duplicated == 0 ? 0 : _duplicateBytes[System.Numerics.BitOperations.TrailingZeroCount(duplicated)];
        return duplicated != 0;
    }
}
