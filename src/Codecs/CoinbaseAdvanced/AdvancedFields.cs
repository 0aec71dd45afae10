using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>Slots of a <see cref="FieldSet"/> for the keys of Coinbase Advanced Trade's frames, their events and the items of those.</summary>
internal readonly struct AdvancedFields : IFieldSlots
{
    public const int Side = 0;
    public const int EventTime = 1;
    public const int PriceLevel = 2;
    public const int NewQuantity = 3;
    public const int ProductId = 4;
    public const int TradeId = 5;
    public const int Price = 6;
    public const int Size = 7;
    public const int Time = 8;
    public const int BestBid = 9;
    public const int BestAsk = 10;
    public const int BestBidQuantity = 11;
    public const int BestAskQuantity = 12;
    public const int Start = 13;
    public const int Open = 14;
    public const int High = 15;
    public const int Low = 16;
    public const int Close = 17;
    public const int Volume = 18;
    public const int Type = 19;
    public const int Updates = 20;
    public const int Trades = 21;
    public const int Tickers = 22;
    public const int Candles = 23;
    public const int Products = 24;
    public const int HeartbeatCounter = 25;
    public const int Channel = 26;
    public const int Timestamp = 27;
    public const int SequenceNum = 28;
    public const int Events = 29;

    /// <summary>Any other key.</summary>
    public const int None = FieldSet.None;

    private const int Count = Events + 1;

    // Keys of up to 8 bytes as JsonScanner.KeyWord has them: first byte lowest.
    private const ulong WordSide = 0x65646973;
    private const ulong WordTradeId = 0x64695F6564617274;
    private const ulong WordPrice = 0x6563697270;
    private const ulong WordSize = 0x657A6973;
    private const ulong WordTime = 0x656D6974;
    private const ulong WordBestBid = 0x6469625F74736562;
    private const ulong WordBestAsk = 0x6B73615F74736562;
    private const ulong WordStart = 0x7472617473;
    private const ulong WordOpen = 0x6E65706F;
    private const ulong WordHigh = 0x68676968;
    private const ulong WordLow = 0x776F6C;
    private const ulong WordClose = 0x65736F6C63;
    private const ulong WordVolume = 0x656D756C6F76;
    private const ulong WordType = 0x65707974;
    private const ulong WordUpdates = 0x73657461647075;
    private const ulong WordTrades = 0x736564617274;
    private const ulong WordTickers = 0x7372656B636974;
    private const ulong WordCandles = 0x73656C646E6163;
    private const ulong WordProducts = 0x73746375646F7270;
    private const ulong WordChannel = 0x6C656E6E616863;
    private const ulong WordEvents = 0x73746E657665;

    /// <summary>The key of a slot. For error messages.</summary>
    public static string NameOf(int slot) => System.Text.Encoding.ASCII.GetString(KeyOf(slot));

    /// <summary>The slot of the scanner's current key.</summary>
    public static int SlotOf(in JsonScanner scanner) => scanner.KeyWord switch
    {
        WordSide => Side,
        WordTradeId => TradeId,
        WordPrice => Price,
        WordSize => Size,
        WordTime => Time,
        WordBestBid => BestBid,
        WordBestAsk => BestAsk,
        WordStart => Start,
        WordOpen => Open,
        WordHigh => High,
        WordLow => Low,
        WordClose => Close,
        WordVolume => Volume,
        WordType => Type,
        WordUpdates => Updates,
        WordTrades => Trades,
        WordTickers => Tickers,
        WordCandles => Candles,
        WordProducts => Products,
        WordChannel => Channel,
        WordEvents => Events,
        0 => SlotOfLong(scanner),
        _ => None,
    };

    private static int SlotOfLong(in JsonScanner scanner)
    {
        if (scanner.Key.Escaped)
        {
            return SlotOfEscaped(scanner);
        }

        ReadOnlySpan<byte> slots = scanner.Key.Length switch
        {
            9 => [Timestamp],
            10 => [EventTime, ProductId],
            11 => [PriceLevel],
            12 => [NewQuantity, SequenceNum],
            17 => [BestBidQuantity, BestAskQuantity, HeartbeatCounter],
            _ => [],
        };
        foreach (byte slot in slots)
        {
            if (scanner.KeyIs(KeyOf(slot)))
            {
                return slot;
            }
        }

        return None;
    }

    // An escape hides the length.
    private static int SlotOfEscaped(in JsonScanner scanner)
    {
        for (int slot = 0; slot < Count; slot++)
        {
            if (scanner.KeyIs(KeyOf(slot)))
            {
                return slot;
            }
        }

        return None;
    }

    private static ReadOnlySpan<byte> KeyOf(int slot) => slot switch
    {
        Side => "side"u8,
        EventTime => "event_time"u8,
        PriceLevel => "price_level"u8,
        NewQuantity => "new_quantity"u8,
        ProductId => "product_id"u8,
        TradeId => "trade_id"u8,
        Price => "price"u8,
        Size => "size"u8,
        Time => "time"u8,
        BestBid => "best_bid"u8,
        BestAsk => "best_ask"u8,
        BestBidQuantity => "best_bid_quantity"u8,
        BestAskQuantity => "best_ask_quantity"u8,
        Start => "start"u8,
        Open => "open"u8,
        High => "high"u8,
        Low => "low"u8,
        Close => "close"u8,
        Volume => "volume"u8,
        Type => "type"u8,
        Updates => "updates"u8,
        Trades => "trades"u8,
        Tickers => "tickers"u8,
        Candles => "candles"u8,
        Products => "products"u8,
        HeartbeatCounter => "heartbeat_counter"u8,
        Channel => "channel"u8,
        Timestamp => "timestamp"u8,
        SequenceNum => "sequence_num"u8,
        _ => "events"u8,
    };
}
