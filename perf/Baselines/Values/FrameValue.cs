using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>
/// One thing a frame says, as an alternative decoder writes it: 32 bytes, the same for C# and for C++ (perf/Simdjson/lob_simdjson.hpp). Prices and
/// quantities are × 10^8; a sequence, id or number that is not stated is <see cref="Sequence.None"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
public struct FrameValue
{
    /// <summary>Decimals of every price and quantity: no recording has more that are not zero.</summary>
    public const int Decimals = 8;

    /// <summary>What it is; says what the other fields hold.</summary>
    [FieldOffset(0)] public FrameValueKind Kind;

    /// <summary>A side or a message type.</summary>
    [FieldOffset(1)] public byte Code;

    /// <summary>Message: bytes of the symbol.</summary>
    [FieldOffset(2)] public ushort Length;

    /// <summary>Level, trade, quote: decimals of price and quantity as written.</summary>
    [FieldOffset(2)] public TextForm TextForm;

    /// <summary>Message: first byte of the symbol. Level: number of orders.</summary>
    [FieldOffset(4)] public uint Place;

    /// <summary>See <see cref="FrameValueKind"/>.</summary>
    [FieldOffset(8)] public long First;

    /// <summary>See <see cref="FrameValueKind"/>.</summary>
    [FieldOffset(16)] public long Second;

    /// <summary>See <see cref="FrameValueKind"/>.</summary>
    [FieldOffset(24)] public long Third;
}
