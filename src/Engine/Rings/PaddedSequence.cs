using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Rings;

/// <summary>
/// A position in a ring with a whole cache line (two, since processors fetch them in pairs) of padding on both sides, so that the writer's and the reader's
/// position never share one. One thread writes it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = (2 * PaddingBytes) + sizeof(long))]
public struct PaddedSequence
{
    /// <summary>Padding on each side.</summary>
    public const int PaddingBytes = 128;

    [FieldOffset(PaddingBytes)] private long _value;

    /// <summary>The value as its one writer knows it: a plain load, for that thread only.</summary>
    public readonly long Own => _value;

    /// <summary>Reads with acquire: everything written before the matching <see cref="Publish"/> is visible afterwards.</summary>
    public readonly long Read() => Volatile.Read(in _value);

    /// <summary>Writes with release: everything written before it is visible to whoever reads this value.</summary>
    public void Publish(long value) => Volatile.Write(ref _value, value);

    /// <summary>Keeps a value that no other thread looks at: a plain store.</summary>
    public void Keep(long value) => _value = value;
}
