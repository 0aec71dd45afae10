using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// First of three slots that say what one book stream did in one second and what it holds at the end; <see cref="SealCounts"/> and
/// <see cref="SealProofs"/> continue it. Written for each book stream that changed; ReceivedAtNs is the end of the second. The header's
/// Code is the <see cref="BookState"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct Seal : IRecord
{
    /// <summary>Slots of the whole record.</summary>
    public const int Slots = 3;

    /// <summary>Common part; VenueTimeNs is the event time of the last message applied.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>Low half of the book's digest.</summary>
    [FieldOffset(24)] public ulong DigestLow;

    /// <summary>High half of the book's digest.</summary>
    [FieldOffset(32)] public ulong DigestHigh;

    /// <summary>First sequence of the first message applied in the second; <see cref="Sequence.None"/>.</summary>
    [FieldOffset(40)] public long FirstSequence;

    /// <summary>Last sequence of the book; <see cref="Sequence.None"/>.</summary>
    [FieldOffset(48)] public long LastSequence;

    /// <summary>Bid levels held.</summary>
    [FieldOffset(56)] public uint BidLevels;

    /// <summary>Ask levels held.</summary>
    [FieldOffset(60)] public uint AskLevels;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.Seal;
}
