using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// One 64-byte slot, a cache line: ring slot, journal record and NumPy row in one. Little-endian. The first 24 bytes are common,
/// the other 40 belong to the kind and are read through <see cref="As{T}"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = SizeInBytes)]
public struct Record
{
    /// <summary>Bytes of a slot.</summary>
    public const int SizeInBytes = 64;

    /// <summary>The common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>The same slot as the structure of its kind. <typeparamref name="T"/> must be one of the 64-byte record structures.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T As<T>(ref Record record) where T : unmanaged, IRecord => ref Unsafe.As<Record, T>(ref record);

    /// <summary>The same slot, for reading in place: what hot loops use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly T View<T>(ref readonly Record record) where T : unmanaged, IRecord =>
        ref Unsafe.As<Record, T>(ref Unsafe.AsRef(in record));

    /// <summary>A copy of the slot as the structure of its kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(in Record record) where T : unmanaged, IRecord => Unsafe.BitCast<Record, T>(record);

    /// <summary>The slot that holds <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Record Of<T>(in T value) where T : unmanaged, IRecord => Unsafe.BitCast<T, Record>(value);
}
