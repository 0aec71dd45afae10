using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>Slots of the keys of Bitfinex's event objects. Array frames have no keys.</summary>
internal readonly struct BitfinexFields : IFieldSlots
{
    public const int Event = 0;
    public const int Version = 1;
    public const int Code = 2;
    public const int Status = 3;
    public const int Flags = 4;
    public const int Channel = 5;
    public const int ChannelId = 6;
    public const int Symbol = 7;
    public const int Precision = 8;
    public const int Frequency = 9;
    public const int Length = 10;
    public const int Key = 11;

    /// <summary>Any other key.</summary>
    public const int None = FieldSet.None;

    /// <summary>The slot of the scanner's current key. Events are rare, and no hot path.</summary>
    public static int SlotOf(in JsonScanner scanner) =>
        scanner.KeyIs("event"u8) ? Event
        : scanner.KeyIs("chanId"u8) ? ChannelId
        : scanner.KeyIs("channel"u8) ? Channel
        : scanner.KeyIs("symbol"u8) ? Symbol
        : scanner.KeyIs("prec"u8) ? Precision
        : scanner.KeyIs("freq"u8) ? Frequency
        : scanner.KeyIs("len"u8) ? Length
        : scanner.KeyIs("key"u8) ? Key
        : scanner.KeyIs("version"u8) ? Version
        : scanner.KeyIs("code"u8) ? Code
        : scanner.KeyIs("status"u8) ? Status
        : scanner.KeyIs("flags"u8) ? Flags
        : None;

    /// <summary>The key of a slot. For error messages.</summary>
    public static string NameOf(int slot) => slot switch
    {
        Event => "event",
        Version => "version",
        Code => "code",
        Status => "status",
        Flags => "flags",
        Channel => "channel",
        ChannelId => "chanId",
        Symbol => "symbol",
        Precision => "prec",
        Frequency => "freq",
        Length => "len",
        _ => "key",
    };
}
