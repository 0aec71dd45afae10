using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.Bybit;

/// <summary>Slots of the keys that are read from Bybit's frames (v5, documentation 2026-07-24).</summary>
internal readonly struct BybitFields : IFieldSlots
{
    // What every frame of a topic has.
    public const int Topic = 0;
    public const int Type = 1;
    public const int Ts = 2;
    public const int Data = 3;
    public const int Cts = 4;

    // Ticker: the cross sequence, at the top.
    public const int Cs = 5;

    // Acknowledgements and REST answers.
    public const int Success = 6;
    public const int Op = 7;
    public const int RetMsg = 8;
    public const int RetCode = 9;
    public const int Result = 10;
    public const int List = 11;
    public const int Category = 12;
    public const int TimeSecond = 13;
    public const int FailTopics = 14;

    // Books.
    public const int LowerS = 15;
    public const int Bids = 16;
    public const int Asks = 17;
    public const int UpdateId = 18;
    public const int Seq = 19;

    // Tickers; symbol also of an instrument.
    public const int Symbol = 20;
    public const int Bid1Price = 21;
    public const int Bid1Size = 22;
    public const int Ask1Price = 23;
    public const int Ask1Size = 24;

    // Trades, with s and seq from above.
    public const int TradeTime = 25;
    public const int TakerSide = 26;
    public const int TradeSize = 27;
    public const int TradePrice = 28;
    public const int TradeId = 29;
    public const int Block = 30;
    public const int Rpi = 31;
    public const int ExecId = 32;

    // Candles.
    public const int Start = 33;
    public const int End = 34;
    public const int Interval = 35;
    public const int Open = 36;
    public const int Close = 37;
    public const int High = 38;
    public const int Low = 39;
    public const int Volume = 40;
    public const int Turnover = 41;
    public const int Confirm = 42;
    public const int Timestamp = 43;

    // Instruments.
    public const int PriceFilter = 44;
    public const int LotSizeFilter = 45;
    public const int TickSize = 46;
    public const int QtyStep = 47;
    public const int BasePrecision = 48;
    public const int MinOrderQty = 49;
    public const int MinNotionalValue = 50;
    public const int MinOrderAmt = 51;

    /// <summary>Any other key.</summary>
    public const int None = FieldSet.None;

    /// <summary>Slots whose values are looked at while they are read.</summary>
    public const ulong Watched = (1UL << Topic) | (1UL << Data) | (1UL << Result) | (1UL << Bids) | (1UL << Asks);

    // The keys as JsonScanner.KeyWord has them: first byte lowest.
    private const ulong WordTopic = 0x63_6970_6F74;
    private const ulong WordType = 0x6570_7974;
    private const ulong WordTs = 0x7374;
    private const ulong WordData = 0x6174_6164;
    private const ulong WordCts = 0x73_7463;
    private const ulong WordCs = 0x7363;
    private const ulong WordSuccess = 0x73_7365_6363_7573;
    private const ulong WordOp = 0x706F;
    private const ulong WordRetMsg = 0x67_736D_5F74_6572;
    private const ulong WordRetCode = 0x65_646F_4374_6572;
    private const ulong WordResult = 0x746C_7573_6572;
    private const ulong WordList = 0x7473_696C;
    private const ulong WordCategory = 0x7972_6F67_6574_6163;
    private const ulong WordLowerS = 0x73;
    private const ulong WordBids = 0x62;
    private const ulong WordAsks = 0x61;
    private const ulong WordUpdateId = 0x75;
    private const ulong WordSeq = 0x71_6573;
    private const ulong WordSymbol = 0x6C6F_626D_7973;
    private const ulong WordBid1Size = 0x657A_6953_3164_6962;
    private const ulong WordAsk1Size = 0x657A_6953_316B_7361;
    private const ulong WordTradeTime = 0x54;
    private const ulong WordTakerSide = 0x53;
    private const ulong WordTradeSize = 0x76;
    private const ulong WordTradePrice = 0x70;
    private const ulong WordTradeId = 0x69;
    private const ulong WordBlock = 0x5442;
    private const ulong WordRpi = 0x49_5052;
    private const ulong WordExecId = 0x6449_6365_7865;
    private const ulong WordStart = 0x74_7261_7473;
    private const ulong WordEnd = 0x64_6E65;
    private const ulong WordInterval = 0x6C61_7672_6574_6E69;
    private const ulong WordOpen = 0x6E65_706F;
    private const ulong WordClose = 0x65_736F_6C63;
    private const ulong WordHigh = 0x6867_6968;
    private const ulong WordLow = 0x77_6F6C;
    private const ulong WordVolume = 0x656D_756C_6F76;
    private const ulong WordTurnover = 0x7265_766F_6E72_7574;
    private const ulong WordConfirm = 0x6D_7269_666E_6F63;
    private const ulong WordTickSize = 0x657A_6953_6B63_6974;
    private const ulong WordQtyStep = 0x70_6574_5379_7471;

    private static readonly string[] Names =
    [
        "topic", "type", "ts", "data", "cts", "cs", "success", "op", "ret_msg", "retCode", "result", "list", "category", "timeSecond",
        "failTopics", "s", "b", "a", "u", "seq", "symbol", "bid1Price", "bid1Size", "ask1Price", "ask1Size", "T", "S", "v", "p", "i", "BT",
        "RPI", "execId", "start", "end", "interval", "open", "close", "high", "low", "volume", "turnover", "confirm", "timestamp",
        "priceFilter", "lotSizeFilter", "tickSize", "qtyStep", "basePrecision", "minOrderQty", "minNotionalValue", "minOrderAmt",
    ];

    /// <summary>How many slots there are.</summary>
    public static int Count => Names.Length;

    /// <summary>The key of a slot. For error messages.</summary>
    public static string NameOf(int slot) => Names[slot];

    /// <summary>The slot of the scanner's current key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SlotOf(in JsonScanner scanner) => scanner.KeyWord switch
    {
        WordTopic => Topic,
        WordType => Type,
        WordTs => Ts,
        WordData => Data,
        WordCts => Cts,
        WordCs => Cs,
        WordSuccess => Success,
        WordOp => Op,
        WordRetMsg => RetMsg,
        WordRetCode => RetCode,
        WordResult => Result,
        WordList => List,
        WordCategory => Category,
        WordLowerS => LowerS,
        WordBids => Bids,
        WordAsks => Asks,
        WordUpdateId => UpdateId,
        WordSeq => Seq,
        WordSymbol => Symbol,
        WordBid1Size => Bid1Size,
        WordAsk1Size => Ask1Size,
        WordTradeTime => TradeTime,
        WordTakerSide => TakerSide,
        WordTradeSize => TradeSize,
        WordTradePrice => TradePrice,
        WordTradeId => TradeId,
        WordBlock => Block,
        WordRpi => Rpi,
        WordExecId => ExecId,
        WordStart => Start,
        WordEnd => End,
        WordInterval => Interval,
        WordOpen => Open,
        WordClose => Close,
        WordHigh => High,
        WordLow => Low,
        WordVolume => Volume,
        WordTurnover => Turnover,
        WordConfirm => Confirm,
        WordTickSize => TickSize,
        WordQtyStep => QtyStep,
        0 => SlotOfLong(scanner),
        _ => None,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SlotOfLong(in JsonScanner scanner)
    {
        if (scanner.KeyIs("timeSecond"u8))
        {
            return TimeSecond;
        }

        if (scanner.KeyIs("failTopics"u8))
        {
            return FailTopics;
        }

        if (scanner.KeyIs("bid1Price"u8))
        {
            return Bid1Price;
        }

        if (scanner.KeyIs("ask1Price"u8))
        {
            return Ask1Price;
        }

        if (scanner.KeyIs("timestamp"u8))
        {
            return Timestamp;
        }

        if (scanner.KeyIs("priceFilter"u8))
        {
            return PriceFilter;
        }

        if (scanner.KeyIs("lotSizeFilter"u8))
        {
            return LotSizeFilter;
        }

        if (scanner.KeyIs("basePrecision"u8))
        {
            return BasePrecision;
        }

        if (scanner.KeyIs("minOrderQty"u8))
        {
            return MinOrderQty;
        }

        if (scanner.KeyIs("minNotionalValue"u8))
        {
            return MinNotionalValue;
        }

        if (scanner.KeyIs("minOrderAmt"u8))
        {
            return MinOrderAmt;
        }

        return None;
    }
}
