using Lob.Fast.VenueSim.Market;

namespace Lob.Fast.VenueSim.Streams;

/// <summary>Identifiers in the form of a UUID, always the same for the same number.</summary>
internal static class Identifiers
{
    public static string Of(long number)
    {
        var random = new Random64((ulong)number);
        ulong first = random.Next();
        ulong second = random.Next();
        return new Guid((uint)first, (ushort)(first >> 32), (ushort)(0x4000 | ((first >> 48) & 0xFFF)),
            (byte)(0x80 | (second & 0x3F)), (byte)(second >> 8), (byte)(second >> 16), (byte)(second >> 24), (byte)(second >> 32), (byte)(second >> 40), (byte)(second >> 48), (byte)(second >> 56)).ToString();
    }
}
