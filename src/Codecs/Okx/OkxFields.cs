using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.Okx;

/// <summary>Slots of the keys that OKX's messages use. Each key means the same wherever it stands.</summary>
internal readonly struct OkxFields : IFieldSlots
{
    public const int Arg = 0;
    public const int Action = 1;
    public const int Data = 2;
    public const int Event = 3;
    public const int Code = 4;
    public const int Channel = 5;
    public const int InstrumentId = 6;
    public const int Asks = 7;
    public const int Bids = 8;
    public const int Time = 9;
    public const int Checksum = 10;
    public const int SequenceId = 11;
    public const int PreviousSequenceId = 12;
    public const int TradeId = 13;
    public const int Price = 14;
    public const int Size = 15;
    public const int Side = 16;
    public const int Count = 17;
    public const int Source = 18;
    public const int AskPrice = 19;
    public const int AskSize = 20;
    public const int BidPrice = 21;
    public const int BidSize = 22;
    public const int InstrumentType = 23;
    public const int TickSize = 24;
    public const int LotSize = 25;
    public const int MinSize = 26;
    public const int ContractValue = 27;
    public const int ContractMultiplier = 28;
    public const int ContractType = 29;

    /// <summary>Any other key.</summary>
    public const int None = FieldSet.None;

    /// <summary>Slots whose values are looked at while they are read.</summary>
    public const ulong Watched = (1UL << Arg) | (1UL << Data) | (1UL << Asks) | (1UL << Bids);

    // The keys as JsonScanner.KeyWord has them: first byte lowest.
    private const ulong WordArg = 0x67_7261;
    private const ulong WordAction = 0x6E6F_6974_6361;
    private const ulong WordData = 0x6174_6164;
    private const ulong WordEvent = 0x74_6E65_7665;
    private const ulong WordCode = 0x6564_6F63;
    private const ulong WordChannel = 0x6C_656E_6E61_6863;
    private const ulong WordInstrumentId = 0x6449_7473_6E69;
    private const ulong WordAsks = 0x736B_7361;
    private const ulong WordBids = 0x7364_6962;
    private const ulong WordTime = 0x7374;
    private const ulong WordChecksum = 0x6D75_736B_6365_6863;
    private const ulong WordSequenceId = 0x64_4971_6573;
    private const ulong WordTradeId = 0x64_4965_6461_7274;
    private const ulong WordPrice = 0x7870;
    private const ulong WordSize = 0x7A73;
    private const ulong WordSide = 0x6564_6973;
    private const ulong WordCount = 0x74_6E75_6F63;
    private const ulong WordSource = 0x6563_7275_6F73;
    private const ulong WordAskPrice = 0x78_506B_7361;
    private const ulong WordAskSize = 0x7A_536B_7361;
    private const ulong WordBidPrice = 0x78_5064_6962;
    private const ulong WordBidSize = 0x7A_5364_6962;
    private const ulong WordInstrumentType = 0x6570_7954_7473_6E69;
    private const ulong WordTickSize = 0x7A53_6B63_6974;
    private const ulong WordLotSize = 0x7A_5374_6F6C;
    private const ulong WordMinSize = 0x7A_536E_696D;
    private const ulong WordContractValue = 0x6C_6156_7463;
    private const ulong WordContractMultiplier = 0x746C_754D_7463;
    private const ulong WordContractType = 0x6570_7954_7463;

    /// <summary>The key of a slot. For error messages.</summary>
    public static string NameOf(int slot) => slot switch
    {
        Arg => "arg",
        Action => "action",
        Data => "data",
        Event => "event",
        Code => "code",
        Channel => "channel",
        InstrumentId => "instId",
        Asks => "asks",
        Bids => "bids",
        Time => "ts",
        Checksum => "checksum",
        SequenceId => "seqId",
        PreviousSequenceId => "prevSeqId",
        TradeId => "tradeId",
        Price => "px",
        Size => "sz",
        Side => "side",
        Count => "count",
        Source => "source",
        AskPrice => "askPx",
        AskSize => "askSz",
        BidPrice => "bidPx",
        BidSize => "bidSz",
        InstrumentType => "instType",
        TickSize => "tickSz",
        LotSize => "lotSz",
        MinSize => "minSz",
        ContractValue => "ctVal",
        ContractMultiplier => "ctMult",
        _ => "ctType",
    };

    /// <summary>The slot of the scanner's current key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SlotOf(in JsonScanner scanner) => scanner.KeyWord switch
    {
        WordArg => Arg,
        WordAction => Action,
        WordData => Data,
        WordEvent => Event,
        WordCode => Code,
        WordChannel => Channel,
        WordInstrumentId => InstrumentId,
        WordAsks => Asks,
        WordBids => Bids,
        WordTime => Time,
        WordChecksum => Checksum,
        WordSequenceId => SequenceId,
        WordTradeId => TradeId,
        WordPrice => Price,
        WordSize => Size,
        WordSide => Side,
        WordCount => Count,
        WordSource => Source,
        WordAskPrice => AskPrice,
        WordAskSize => AskSize,
        WordBidPrice => BidPrice,
        WordBidSize => BidSize,
        WordInstrumentType => InstrumentType,
        WordTickSize => TickSize,
        WordLotSize => LotSize,
        WordMinSize => MinSize,
        WordContractValue => ContractValue,
        WordContractMultiplier => ContractMultiplier,
        WordContractType => ContractType,
        0 when scanner.KeyIs("prevSeqId"u8) => PreviousSequenceId,
        _ => None,
    };
}
