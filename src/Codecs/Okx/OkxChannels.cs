using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

/// <summary>Names of channels on the wire, and what comes on them (documentation of v5, 2026-08).</summary>
internal static class OkxChannels
{
    /// <summary>What the names of candle channels begin with; the interval follows.</summary>
    public static ReadOnlySpan<byte> CandlePrefix => "candle"u8;

    /// <summary>Channel of the streams that REST books are put on.</summary>
    public static ReadOnlySpan<byte> RestBooks => "/api/v5/market/books"u8;

    /// <summary>
    /// Channel of a name. <c>books-elp</c> and <c>books-rpi</c> are not among those read: their third item is a quantity, and they hold orders
    /// that no other book of the instrument shows.
    /// </summary>
    public static OkxChannel Classify(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith(CandlePrefix))
        {
            // An interval must fit its record; "candle" alone is none.
            return name.Length - CandlePrefix.Length is > 0 and <= sizeof(ulong) ? OkxChannel.Candles : OkxChannel.Other;
        }

        for (OkxChannel channel = OkxChannel.Books; channel <= OkxChannel.Instruments; channel++)
        {
            if (name.SequenceEqual(NameOf(channel)))
            {
                return channel;
            }
        }

        return OkxChannel.Other;
    }

    /// <summary>Whether its messages are changes to a book, after a snapshot.</summary>
    public static bool IsIncremental(OkxChannel channel) =>
        channel is OkxChannel.Books or OkxChannel.BooksTickByTick or OkxChannel.Books50TickByTick;

    /// <summary>Whether its messages have sides of levels.</summary>
    public static bool IsBook(OkxChannel channel) =>
        channel is (>= OkxChannel.Books and <= OkxChannel.BestTickByTick) or OkxChannel.RestBooks;

    /// <summary>Levels a side that the channel shows; 0 = it is no book, or does not say.</summary>
    public static uint DepthOf(OkxChannel channel) => channel switch
    {
        OkxChannel.Books or OkxChannel.BooksTickByTick => 400,
        OkxChannel.Books50TickByTick => 50,
        OkxChannel.Books5 => 5,
        OkxChannel.BestTickByTick => 1,
        _ => 0,
    };

    /// <summary>Role of the channel's streams.</summary>
    public static StreamRole RoleOf(OkxChannel channel) => channel switch
    {
        OkxChannel.RestBooks => StreamRole.BookSnapshots,
        OkxChannel.Trades or OkxChannel.TradesAll => StreamRole.Trades,
        OkxChannel.Tickers => StreamRole.Ticker,
        OkxChannel.Candles => StreamRole.Candles,
        _ => StreamRole.Book,
    };

    /// <summary>The name on the wire; empty for candles, whose names hold their interval, and for what has none.</summary>
    private static ReadOnlySpan<byte> NameOf(OkxChannel channel) => channel switch
    {
        OkxChannel.Books => "books"u8,
        OkxChannel.BooksTickByTick => "books-l2-tbt"u8,
        OkxChannel.Books50TickByTick => "books50-l2-tbt"u8,
        OkxChannel.Books5 => "books5"u8,
        OkxChannel.BestTickByTick => "bbo-tbt"u8,
        OkxChannel.Trades => "trades"u8,
        OkxChannel.TradesAll => "trades-all"u8,
        OkxChannel.Tickers => "tickers"u8,
        OkxChannel.Instruments => "instruments"u8,
        _ => default,
    };
}
