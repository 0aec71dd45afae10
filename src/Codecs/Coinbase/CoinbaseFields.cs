using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>Slots of a <see cref="FieldSet"/> for the keys of Coinbase Exchange's frames.</summary>
internal readonly struct CoinbaseFields : IFieldSlots
{
    public const int Type = 0;
    public const int ProductId = 1;
    public const int Changes = 2;
    public const int Time = 3;
    public const int Sequence = 4;
    public const int Price = 5;
    public const int Size = 6;
    public const int Side = 7;
    public const int Bids = 8;
    public const int Asks = 9;
    public const int TradeId = 10;
    public const int MakerOrderId = 11;
    public const int TakerOrderId = 12;
    public const int OrderId = 13;
    public const int RemainingSize = 14;
    public const int Reason = 15;
    public const int OrderType = 16;
    public const int Funds = 17;
    public const int ClientOid = 18;
    public const int ClientOidHyphen = 19;
    public const int NewSize = 20;
    public const int OldSize = 21;
    public const int NewPrice = 22;
    public const int OldPrice = 23;
    public const int NewFunds = 24;
    public const int BestBid = 25;
    public const int BestAsk = 26;
    public const int BestBidSize = 27;
    public const int BestAskSize = 28;
    public const int LastTradeId = 29;
    public const int Products = 30;
    public const int Channels = 31;
    public const int Name = 32;
    public const int ProductIds = 33;
    public const int Id = 34;
    public const int QuoteIncrement = 35;
    public const int BaseIncrement = 36;
    public const int MinMarketFunds = 37;
    public const int BaseMinSize = 38;
    public const int Message = 39;

    /// <summary>Any other key.</summary>
    public const int None = FieldSet.None;

    private const int Count = Message + 1;

    // Keys of up to 8 bytes as JsonScanner.KeyWord has them: first byte lowest.
    private const ulong WordType = 0x65707974;
    private const ulong WordChanges = 0x7365676E616863;
    private const ulong WordTime = 0x656D6974;
    private const ulong WordSequence = 0x65636E6575716573;
    private const ulong WordPrice = 0x6563697270;
    private const ulong WordSize = 0x657A6973;
    private const ulong WordSide = 0x65646973;
    private const ulong WordBids = 0x73646962;
    private const ulong WordAsks = 0x736B7361;
    private const ulong WordTradeId = 0x64695F6564617274;
    private const ulong WordOrderId = 0x64695F726564726F;
    private const ulong WordReason = 0x6E6F73616572;
    private const ulong WordFunds = 0x73646E7566;
    private const ulong WordNewSize = 0x657A69735F77656E;
    private const ulong WordOldSize = 0x657A69735F646C6F;
    private const ulong WordBestBid = 0x6469625F74736562;
    private const ulong WordBestAsk = 0x6B73615F74736562;
    private const ulong WordProducts = 0x73746375646F7270;
    private const ulong WordChannels = 0x736C656E6E616863;
    private const ulong WordName = 0x656D616E;
    private const ulong WordId = 0x6469;
    private const ulong WordMessage = 0x6567617373656D;

    /// <summary>The key of a slot. For error messages.</summary>
    public static string NameOf(int slot) => System.Text.Encoding.ASCII.GetString(KeyOf(slot));

    /// <summary>The slot of the scanner's current key.</summary>
    public static int SlotOf(in JsonScanner scanner) => scanner.KeyWord switch
    {
        WordType => Type,
        WordChanges => Changes,
        WordTime => Time,
        WordSequence => Sequence,
        WordPrice => Price,
        WordSize => Size,
        WordSide => Side,
        WordBids => Bids,
        WordAsks => Asks,
        WordTradeId => TradeId,
        WordOrderId => OrderId,
        WordReason => Reason,
        WordFunds => Funds,
        WordNewSize => NewSize,
        WordOldSize => OldSize,
        WordBestBid => BestBid,
        WordBestAsk => BestAsk,
        WordProducts => Products,
        WordChannels => Channels,
        WordName => Name,
        WordId => Id,
        WordMessage => Message,
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
            9 => [NewPrice, OldPrice, NewFunds],
            10 => [ProductId, OrderType, ClientOid, ClientOidHyphen],
            11 => [ProductIds],
            13 => [BestBidSize, BestAskSize, LastTradeId, BaseMinSize],
            14 => [MakerOrderId, TakerOrderId, RemainingSize, BaseIncrement],
            15 => [QuoteIncrement],
            16 => [MinMarketFunds],
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
        Type => "type"u8,
        ProductId => "product_id"u8,
        Changes => "changes"u8,
        Time => "time"u8,
        Sequence => "sequence"u8,
        Price => "price"u8,
        Size => "size"u8,
        Side => "side"u8,
        Bids => "bids"u8,
        Asks => "asks"u8,
        TradeId => "trade_id"u8,
        MakerOrderId => "maker_order_id"u8,
        TakerOrderId => "taker_order_id"u8,
        OrderId => "order_id"u8,
        RemainingSize => "remaining_size"u8,
        Reason => "reason"u8,
        OrderType => "order_type"u8,
        Funds => "funds"u8,
        ClientOid => "client_oid"u8,
        ClientOidHyphen => "client-oid"u8,
        NewSize => "new_size"u8,
        OldSize => "old_size"u8,
        NewPrice => "new_price"u8,
        OldPrice => "old_price"u8,
        NewFunds => "new_funds"u8,
        BestBid => "best_bid"u8,
        BestAsk => "best_ask"u8,
        BestBidSize => "best_bid_size"u8,
        BestAskSize => "best_ask_size"u8,
        LastTradeId => "last_trade_id"u8,
        Products => "products"u8,
        Channels => "channels"u8,
        Name => "name"u8,
        ProductIds => "product_ids"u8,
        Id => "id"u8,
        QuoteIncrement => "quote_increment"u8,
        BaseIncrement => "base_increment"u8,
        MinMarketFunds => "min_market_funds"u8,
        BaseMinSize => "base_min_size"u8,
        _ => "message"u8,
    };
}
