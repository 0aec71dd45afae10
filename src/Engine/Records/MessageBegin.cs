using System.Runtime.InteropServices;

namespace Lob.Fast.Engine.Records;

/// <summary>
/// Opens one venue message; its records follow, the last one flagged <see cref="RecordFlags.LastInMessage"/>. The header's Code is a
/// <see cref="MessageType"/>. A message without any further record (a book delta with two empty sides) is this slot alone.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Record.SizeInBytes)]
public struct MessageBegin : IRecord
{
    /// <summary>Common part.</summary>
    [FieldOffset(0)] public RecordHeader Header;

    /// <summary>
    /// Last sequence covered (Binance <c>u</c>, <c>lastUpdateId</c>; Bybit <c>u</c>; OKX <c>seqId</c>; the count of a connection; last trade id of an
    /// aggregate or candle); <see cref="Sequence.None"/>.
    /// </summary>
    [FieldOffset(24)] public long LastSequence;

    /// <summary>First sequence covered (Binance <c>U</c>; Bybit <c>u</c>; first trade id of an aggregate or candle); <see cref="Sequence.None"/>.</summary>
    [FieldOffset(32)] public long FirstSequence;

    /// <summary>Sequence of the message before, or the venue's second sequence (Binance <c>pu</c>, OKX <c>prevSeqId</c>, Bybit <c>seq</c>); <see cref="Sequence.None"/>.</summary>
    [FieldOffset(40)] public long PreviousSequence;

    /// <summary>Matching-engine time (Binance <c>T</c>), Unix ns; 0 = none.</summary>
    [FieldOffset(48)] public long MatchingTimeNs;

    /// <summary>Checksum as the venue sent it; valid when <see cref="ChecksumPresence"/> is Offered.</summary>
    [FieldOffset(56)] public int Checksum;

    /// <summary>Whether <see cref="Checksum"/> says anything.</summary>
    [FieldOffset(60)] public ChecksumPresence ChecksumPresence;

    /// <summary>Book snapshots: <see cref="SnapshotLimits"/>. Trades: <see cref="TradeOrigin"/>. Else 0.</summary>
    [FieldOffset(61)] public byte Detail;

    /// <summary>Connection the frame came by, from 0.</summary>
    [FieldOffset(62)] public ushort Connection;

    /// <inheritdoc/>
    public static RecordKind Kind => RecordKind.MessageBegin;

    /// <summary>The header's Code.</summary>
    public readonly MessageType Type => (MessageType)Header.Code;
}
