using System.Globalization;
using System.Text;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Inspection;

/// <summary>
/// The layout of every record as data: what `inspect --dtype` prints and docs/JOURNAL.md shows. Declared, not read by reflection, so that it
/// is there in the native binary; a test compares it with the structures, field by field.
/// </summary>
public static class RecordLayouts
{
    private const string SequenceNone = "−2^63";

    /// <summary>The 24 bytes that all records share.</summary>
    public static IReadOnlyList<FieldLayout> Common { get; } =
    [
        new("Kind", 0, "u1", "RecordKind", "0"),
        new("Flags", 1, "u1", "RecordFlags", "–"),
        new("Code", 2, "u1", "by kind", "0"),
        new("TextForm", 3, "u1", "decimals as written: price in the high nibble, quantity in the low one; 15 = exponent form", "–"),
        new("StreamId", 4, "u4", "stream, from 1", "0"),
        new("ReceivedAtNs", 8, "i8", "Unix ns", "–"),
        new("VenueTimeNs", 16, "i8", "Unix ns", "0"),
    ];

    /// <summary>Every structure of a slot, in the order of kinds.</summary>
    public static IReadOnlyList<RecordLayout> All { get; } =
    [
        new("MessageBegin", RecordKind.MessageBegin, 0, "Opens one venue message. Code: MessageType.",
        [
            new("LastSequence", 24, "i8", "sequence", SequenceNone),
            new("FirstSequence", 32, "i8", "sequence", SequenceNone),
            new("PreviousSequence", 40, "i8", "sequence", SequenceNone),
            new("MatchingTimeNs", 48, "i8", "Unix ns", "0"),
            new("Checksum", 56, "i4", "as sent", "see ChecksumPresence"),
            new("ChecksumPresence", 60, "u1", "ChecksumPresence", "0"),
            new("Detail", 61, "u1", "SnapshotLimits or TradeOrigin", "0"),
            new("Connection", 62, "u2", "connection, from 0", "–"),
        ]),
        new("LevelSet", RecordKind.LevelSet, 0, "One price level. Code: Side.",
        [
            new("PriceTicks", 24, "i8", "ticks", "–"),
            new("QuantityLots", 32, "i8", "lots; 0 deletes", "–"),
            new("OrderCount", 40, "u4", "orders", "0"),
        ]),
        new("OrderOpen", RecordKind.OrderOpen, 0, "An order rests in the book. Code: OrderCode.",
        [
            new("PriceTicks", 24, "i8", "ticks", "–"),
            new("QuantityLots", 32, "i8", "lots", "–"),
            new("OrderIdLow", 40, "i8", "id, low half", "–"),
            new("OrderIdHigh", 48, "i8", "id, high half", "0"),
            new("OrderSequence", 56, "i8", "sequence", SequenceNone),
        ]),
        new("OrderChange", RecordKind.OrderChange, 0, "An order has another price or quantity. Code: OrderCode.",
        [
            new("PriceTicks", 24, "i8", "ticks", "0"),
            new("QuantityLots", 32, "i8", "lots", "–"),
            new("OrderIdLow", 40, "i8", "id, low half", "–"),
            new("OrderIdHigh", 48, "i8", "id, high half", "0"),
            new("OrderSequence", 56, "i8", "sequence", SequenceNone),
        ]),
        new("OrderBefore", RecordKind.OrderChange, 1, "What it had before.",
        [
            new("PriceTicks", 24, "i8", "ticks", "0"),
            new("QuantityLots", 32, "i8", "lots", SequenceNone),
        ]),
        new("OrderDone", RecordKind.OrderDone, 0, "An order is gone. Code: OrderCode.",
        [
            new("PriceTicks", 24, "i8", "ticks", "0"),
            new("QuantityLots", 32, "i8", "lots that were left", SequenceNone),
            new("OrderIdLow", 40, "i8", "id, low half", "–"),
            new("OrderIdHigh", 48, "i8", "id, high half", "0"),
            new("OrderSequence", 56, "i8", "sequence", SequenceNone),
        ]),
        new("OrderMatch", RecordKind.OrderMatch, 0, "Two orders traded. Code: OrderCode of the maker.",
        [
            new("PriceTicks", 24, "i8", "ticks", "–"),
            new("QuantityLots", 32, "i8", "lots", "–"),
            new("MakerIdLow", 40, "i8", "id, low half", "–"),
            new("MakerIdHigh", 48, "i8", "id, high half", "0"),
            new("TradeId", 56, "i8", "id", "–"),
        ]),
        new("OrderMatchTaker", RecordKind.OrderMatch, 1, "The taker's order.",
        [
            new("TakerIdLow", 24, "i8", "id, low half", "–"),
            new("TakerIdHigh", 32, "i8", "id, high half", "0"),
            new("OrderSequence", 40, "i8", "sequence", SequenceNone),
        ]),
        new("Trade", RecordKind.Trade, 0, "One trade. Code: Side of the taker.",
        [
            new("PriceTicks", 24, "i8", "ticks", "–"),
            new("QuantityLots", 32, "i8", "lots", "–"),
            new("TradeIdLow", 40, "i8", "id, low half", SequenceNone),
            new("TradeIdHigh", 48, "i8", "id, high half", "0"),
            new("TradeSequence", 56, "i8", "sequence", SequenceNone),
        ]),
        new("Candle", RecordKind.Candle, 0, "One candle: prices and volume.",
        [
            new("OpenTicks", 24, "i8", "ticks", "–"),
            new("HighTicks", 32, "i8", "ticks", "–"),
            new("LowTicks", 40, "i8", "ticks", "–"),
            new("CloseTicks", 48, "i8", "ticks", "–"),
            new("VolumeLots", 56, "i8", "lots", "–"),
        ]),
        new("CandleTurnover", RecordKind.Candle, 1, "Its turnover, interval and trades. Code: 1 = closed.",
        [
            new("Turnover", 24, "i8", "quote units × 10^TurnoverDecimals", SequenceNone),
            new("StartNs", 32, "i8", "Unix ns", "–"),
            new("IntervalText", 40, "u8", "ASCII, first character in the lowest byte, zero padded", "–"),
            new("TradeCount", 48, "i8", "trades", SequenceNone),
            new("TurnoverDecimals", 56, "u1", "decimals, 0–18", "–"),
            new("VolumeDecimals", 57, "u1", "decimals of VolumeLots and TakerVolumeLots, 0–14", "–"),
        ]),
        new("CandleTaker", RecordKind.Candle, 2, "The takers' buying, and the end.",
        [
            new("TakerVolumeLots", 24, "i8", "lots", SequenceNone),
            new("TakerTurnover", 32, "i8", "quote units × 10^TurnoverDecimals", SequenceNone),
            new("CloseNs", 40, "i8", "Unix ns", "0"),
        ]),
        new("Quote", RecordKind.Quote, 0, "One side of a ticker's best price. Code: Side.",
        [
            new("PriceTicks", 24, "i8", "ticks", "–"),
            new("QuantityLots", 32, "i8", "lots; 0 = side empty", SequenceNone),
            new("UpdateId", 40, "i8", "update id of the book", SequenceNone),
        ]),
        new("OrderReceived", RecordKind.OrderReceived, 0, "An order was accepted; no book changes. Code: OrderCode.",
        [
            new("PriceTicks", 24, "i8", "ticks", "0"),
            new("QuantityLots", 32, "i8", "lots", SequenceNone),
            new("OrderIdLow", 40, "i8", "id, low half", "–"),
            new("OrderIdHigh", 48, "i8", "id, high half", "0"),
            new("OrderSequence", 56, "i8", "sequence", SequenceNone),
        ]),
        new("OrderReceivedTerms", RecordKind.OrderReceived, 1, "What else is told of it.",
        [
            new("ClientIdLow", 24, "i8", "id, low half", "0"),
            new("ClientIdHigh", 32, "i8", "id, high half", "0"),
            new("Funds", 40, "i8", "quote units × 10^FundsDecimals", SequenceNone),
            new("FundsDecimals", 48, "u1", "decimals, 0–14", "–"),
        ]),
        new("InstrumentDefinition", RecordKind.InstrumentDefinition, 0, "An instrument, or a new epoch of it.",
        [
            new("InstrumentId", 24, "u4", "id, from 1", "–"),
            new("Epoch", 28, "u4", "definitions of this instrument, from 1", "–"),
            new("Venue", 32, "u2", "Venue", "–"),
            new("PriceDecimals", 34, "u1", "decimals of a tick, 0–14", "–"),
            new("QuantityDecimals", 35, "u1", "decimals of a lot, 0–14", "–"),
            new("PriceBits", 36, "u1", "bits of the largest price so far", "–"),
            new("QuantityBits", 37, "u1", "bits of the largest quantity so far", "–"),
            new("PriceStepTicks", 40, "i8", "ticks", "0"),
            new("QuantityStepLots", 48, "i8", "lots", "0"),
        ]),
        new("InstrumentSymbol", RecordKind.InstrumentDefinition, 1, "Its symbol.",
        [
            new("Symbol", 24, "S40", "ASCII, zero padded", "–"),
        ]),
        new("InstrumentLimits", RecordKind.InstrumentDefinition, 2, "Its order minimums and contract value.",
        [
            new("QuantityMinLots", 24, "i8", "lots", "0"),
            new("NotionalMin", 32, "i8", "quote units × 10^NotionalDecimals", "0"),
            new("ContractValue", 40, "i8", "base or quote units × 10^ContractValueDecimals", "0"),
            new("NotionalDecimals", 48, "u1", "decimals", "–"),
            new("ContractValueDecimals", 49, "u1", "decimals", "–"),
            new("ContractType", 50, "u1", "ContractType", "0"),
        ]),
        new("StreamDefinition", RecordKind.StreamDefinition, 0, "A stream appears; its id is in the header.",
        [
            new("InstrumentId", 24, "u4", "id", "0"),
            new("Role", 28, "u1", "StreamRole", "0"),
            new("Continuity", 29, "u1", "ContinuityRule", "0"),
            new("Bridge", 30, "u1", "BridgeRule", "0"),
            new("Evidence", 31, "u1", "Evidence", "0"),
            new("Connection", 32, "u2", "connection, from 0", "–"),
            new("Checksum", 34, "u1", "ChecksumRule", "0"),
            new("OnMismatch", 35, "u1", "MismatchPolicy", "0"),
            new("DepthLimit", 36, "u4", "levels a side", "0"),
            new("StaleAfterNs", 40, "i8", "ns", "–"),
        ]),
        new("StreamChannel", RecordKind.StreamDefinition, 1, "Its channel in the venue's own words, without the symbol.",
        [
            new("Channel", 24, "S40", "ASCII, zero padded", "–"),
        ]),
        new("Connection", RecordKind.Connection, 0, "A connection opened or closed. Code: ConnectionEvent.",
        [
            new("ConnectionId", 24, "u2", "connection, from 0", "–"),
        ]),
        new("Timer", RecordKind.Timer, 0, "Time as an input; the moment is the header's. Code: TimerEvent.",
        [
        ]),
        new("FrameRejected", RecordKind.FrameRejected, 0, "A frame that was not taken in. Code: RejectReason.",
        [
            new("Line", 24, "i8", "line, from 1", "0"),
            new("FrameStartByte", 32, "i8", "byte in the recording", "0"),
            new("FaultByte", 40, "u4", "byte in the frame", "–"),
            new("FrameBytes", 44, "u4", "bytes", "–"),
            new("FrameCrc", 48, "u4", "CRC-32C", "–"),
            new("ConnectionId", 52, "u2", "connection, from 0", "–"),
            new("FileIndex", 54, "u2", "file, from 0", "–"),
        ]),
        new("Gap", RecordKind.Gap, 0, "A book lost its proof. Code: GapReason.",
        [
            new("Expected", 24, "i8", "sequence or checksum", SequenceNone),
            new("Found", 32, "i8", "sequence or checksum", SequenceNone),
            new("LastSequence", 40, "i8", "sequence", SequenceNone),
        ]),
        new("Resync", RecordKind.Resync, 0, "A snapshot was bridged. Code: ResyncKind.",
        [
            new("SnapshotSequence", 24, "i8", "sequence", SequenceNone),
            new("LastSequence", 32, "i8", "sequence", SequenceNone),
            new("Dropped", 40, "u4", "deltas", "–"),
            new("Applied", 44, "u4", "deltas", "–"),
            new("DownNs", 48, "i8", "ns", "0"),
        ]),
        new("BookImage", RecordKind.BookImage, 0, "Opens a whole book; its levels follow.",
        [
            new("LastSequence", 24, "i8", "sequence", SequenceNone),
            new("KnownLowTicks", 32, "i8", "ticks", SequenceNone),
            new("KnownHighTicks", 40, "i8", "ticks", "2^63 − 1"),
            new("BidLevels", 48, "u4", "levels", "–"),
            new("AskLevels", 52, "u4", "levels", "–"),
            new("State", 56, "u1", "BookState", "–"),
            new("Evidence", 57, "u1", "Evidence", "0"),
        ]),
        new("BookStateChange", RecordKind.BookStateChange, 0, "One transition of a book. Code: the new BookState.",
        [
            new("From", 24, "u1", "BookState", "–"),
            new("Evidence", 25, "u1", "Evidence", "0"),
            new("LastSequence", 32, "i8", "sequence", SequenceNone),
        ]),
        new("MessageIgnored", RecordKind.MessageIgnored, 0, "The message just before changed nothing. Code: IgnoreReason.",
        [
            new("MessageSequence", 24, "i8", "sequence", SequenceNone),
            new("BookSequence", 32, "i8", "sequence", SequenceNone),
        ]),
        new("Seal", RecordKind.Seal, 0, "What a book stream holds at the end of a second. Code: BookState.",
        [
            new("DigestLow", 24, "u8", "low half", "–"),
            new("DigestHigh", 32, "u8", "high half", "–"),
            new("FirstSequence", 40, "i8", "sequence", SequenceNone),
            new("LastSequence", 48, "i8", "sequence", SequenceNone),
            new("BidLevels", 56, "u4", "levels", "–"),
            new("AskLevels", 60, "u4", "levels", "–"),
        ]),
        new("SealCounts", RecordKind.Seal, 1, "Counts of that second. Code: Evidence.",
        [
            new("Messages", 24, "u4", "messages", "–"),
            new("Applied", 28, "u4", "messages", "–"),
            new("Levels", 32, "u4", "levels", "–"),
            new("Gaps", 36, "u4", "times", "–"),
            new("Resyncs", 40, "u4", "times", "–"),
            new("Rejected", 44, "u4", "frames", "–"),
            new("Duplicates", 48, "u4", "messages", "–"),
            new("Crossed", 52, "u4", "message ends", "–"),
            new("Locked", 56, "u4", "message ends", "–"),
            new("AbsentDeletes", 60, "u4", "levels", "–"),
        ]),
        new("SealProofs", RecordKind.Seal, 2, "Verdicts of that second.",
        [
            new("CrossedNs", 24, "i8", "ns", "–"),
            new("LockedNs", 32, "i8", "ns", "–"),
            new("ChecksumMatches", 40, "u4", "messages", "–"),
            new("ChecksumMismatches", 44, "u4", "messages", "–"),
            new("ChecksumsNotOffered", 48, "u4", "messages", "–"),
            new("BestCompared", 52, "u4", "tickers", "–"),
            new("BestEqual", 56, "u4", "tickers", "–"),
        ]),
        new("SealChain", RecordKind.SealChain, 0, "Hash chain over the seals of a second.",
        [
            new("Hash", 24, "(32,)u1", "SHA-256", "–"),
            new("Index", 56, "u4", "position, from 1", "–"),
            new("Seals", 60, "u4", "seals hashed", "–"),
        ]),
        new("EngineState", RecordKind.EngineState, 0, "First of a checkpoint.",
        [
            new("LastTimerNs", 24, "i8", "Unix ns", "0"),
            new("Instruments", 32, "u4", "instruments", "–"),
            new("Streams", 36, "u4", "streams", "–"),
            new("Slots", 40, "u4", "slots", "–"),
        ]),
        new("EngineChain", RecordKind.EngineState, 1, "Head of the seal chain.",
        [
            new("Hash", 24, "(32,)u1", "SHA-256", "zeros"),
            new("Index", 56, "u4", "chain records so far", "–"),
        ]),
        new("StreamState", RecordKind.StreamState, 0, "What a book stream remembers beside its levels. Slots 3–5 are those of a Seal, with the open second's counts. Code: BookState.",
        [
            new("LastSequence", 24, "i8", "sequence", SequenceNone),
            new("FirstSequence", 32, "i8", "sequence", SequenceNone),
            new("PreviousSequence", 40, "i8", "sequence", SequenceNone),
            new("SnapshotSequence", 48, "i8", "sequence", SequenceNone),
            new("Dropped", 56, "u4", "deltas", "–"),
            new("WasLive", 60, "u1", "0 or 1", "–"),
            new("Changed", 61, "u1", "0 or 1", "–"),
            new("SnapshotWaits", 62, "u1", "0 or 1", "–"),
        ]),
        new("StreamStateTimes", RecordKind.StreamState, 1, "Its times.",
        [
            new("LastAppliedNs", 24, "i8", "Unix ns", "0"),
            new("BrokenSinceNs", 32, "i8", "Unix ns", "0"),
            new("CrossedSinceNs", 40, "i8", "Unix ns", "0"),
            new("Locked", 48, "u1", "0 or 1", "–"),
            new("Connection", 50, "u2", "connection, from 0", "–"),
        ]),
        new("StreamStateChecksums", RecordKind.StreamState, 2, "What the venue's checksums have said.",
        [
            new("LastMismatchNs", 24, "i8", "Unix ns", "0"),
            new("EarlierMismatchNs", 32, "i8", "Unix ns", "0"),
            new("LastChecksum", 40, "i4", "as sent", "see LastPresence"),
            new("LastPresence", 44, "u1", "ChecksumPresence", "0"),
            new("Verified", 45, "u1", "0 or 1", "–"),
            new("Distrusted", 46, "u1", "0 or 1", "–"),
        ]),
        new("RememberedBest", RecordKind.RememberedBest, 0,
            "A best bid and ask at an update id: behind an instrument's definition a ticker, behind a book's levels the book's own. Code: 1 = compared.",
        [
            new("UpdateId", 24, "i8", "update id", "–"),
            new("BidTicks", 32, "i8", "ticks", "0"),
            new("BidLots", 40, "i8", "lots", "0"),
            new("AskTicks", 48, "i8", "ticks", "0"),
            new("AskLots", 56, "i8", "lots", "0"),
        ]),
        new("ConnectionState", RecordKind.ConnectionState, 0, "Where a connection's own count of frames stands.",
        [
            new("LastSequence", 24, "i8", "sequence", SequenceNone),
            new("LastHeardNs", 32, "i8", "Unix ns", "0"),
            new("RejectedSince", 40, "u4", "frames", "–"),
            new("ConnectionId", 44, "u2", "connection, from 0", "–"),
            new("Repeating", 46, "u1", "0 or 1", "–"),
        ]),
    ];

    /// <summary>A name as NumPy users write it: <c>ReceivedAtNs</c> is <c>received_at_ns</c>.</summary>
    public static string SnakeCase(string name)
    {
        StringBuilder text = new();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                _ = text.Append('_');
            }

            _ = text.Append(char.ToLower(letter, CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
