using System.Runtime.Intrinsics;

namespace Lob.Fast.Codecs.Json;

/// <summary>How <see cref="LevelRows"/> looks at the bytes of a row: with the vectors of one width, or without. All find the same.</summary>
internal interface IRowWidth
{
    /// <summary>Whether the processor can. Known when the code is compiled.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Looks at the 64 bytes from <paramref name="bytes"/> on.</summary>
    /// <param name="bytes">64 bytes.</param>
    /// <param name="masks">What they are.</param>
    static abstract void Look(ref byte bytes, out RowMasks masks);

    /// <summary>The number in the first <paramref name="length"/> bytes, with <paramref name="whole"/> digits before its point. False = too long for this way, or not exact.</summary>
    /// <param name="text">First byte of the number; 24 bytes must be readable.</param>
    /// <param name="whole">Digits before the point, at least one.</param>
    /// <param name="length">Bytes of the number.</param>
    /// <param name="scale">At most 8 decimals.</param>
    /// <param name="places"><see cref="DecimalScale.Places"/> of the scale.</param>
    /// <param name="value">The number × 10^decimals.</param>
    static abstract bool TryRead(ref byte text, int whole, int length, in DecimalScale scale, Vector128<sbyte> places, out long value);
}
