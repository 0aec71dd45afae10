using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Bitfinex;

/// <summary>Bitfinex's REST: status, instruments, books, candles and trades.</summary>
internal sealed class BitfinexRest(BitfinexServer venue)
{
    private const string Prefix = "/v2/";
    private const int RequestsMax = 240;
    private const long WindowMs = 60_000;
    private const int CandlesMax = 10_000;
    private const int TradesMax = 10_000;

    private readonly RateLimit _requests = new(RequestsMax, WindowMs);

    public RestAnswer? Answer(RestRequest request, long nowMs)
    {
        if (!request.Path.StartsWith(Prefix, StringComparison.Ordinal)) return null;

        if (!_requests.Use(1, nowMs) && venue.Options.Limits)
        {
            venue.CountLimit();
            return new RestAnswer("""["error",11010,"ratelimit: error"]""", 429);
        }

        string[] parts = request.Path[Prefix.Length..].Split('/');
        return parts switch
        {
            ["platform", "status"] => new RestAnswer("[1]"),
            ["conf", var keys] => Configuration(keys),
            ["book", var symbol, "P0" or "R0"] => !venue.Markets.TryGetValue(symbol, out SyntheticMarket? market) ? UnknownSymbol() : Book(market, parts[2] == "R0", request),
            ["candles", var key, "hist" or "last"] => Candles(key, parts[2] == "last", request),
            ["trades", var symbol, "hist"] => !venue.Markets.TryGetValue(symbol, out SyntheticMarket? market) ? UnknownSymbol() : Trades(market, request),
            _ => null,
        };
    }

    private static RestAnswer UnknownSymbol() => new("""["error",10020,"symbol: invalid"]""", 500);

    private RestAnswer Book(SyntheticMarket market, bool isRaw, RestRequest request)
    {
        int length = (int)request.Number("len", 25, 1, 100);
        Instrument instrument = market.Instrument;
        FrameText text = venue.Text.Start().Add('[');
        foreach (BookSide side in new[] { market.Bids, market.Asks })
        {
            bool isBid = side == market.Bids;
            if (isRaw)
            {
                foreach (Order order in side.Levels.SelectMany(static level => level.Orders.OrderBy(static order => order.Id)).Take(length))
                {
                    Separate(text).Add('[').Add(order.Id).Add(',').BitfinexPrice(instrument, order.Ticks)
                        .Add(',').BitfinexAmount(instrument, isBid, order.Lots).Add(']');
                }
            }
            else
            {
                foreach (Level level in side.Levels.Take(length))
                    Separate(text).BitfinexRow(instrument, new BookRow(isBid, level.Ticks, level.Lots, level.Orders.Count));
            }
        }

        return new RestAnswer(text.Add(']').ToArray());
    }

    private RestAnswer Candles(string key, bool isLast, RestRequest request)
    {
        const string Kind = "trade:1m:";
        if (!key.StartsWith(Kind, StringComparison.Ordinal) || !venue.Markets.TryGetValue(key[Kind.Length..], out SyntheticMarket? market)) return UnknownSymbol();

        if (isLast) return new RestAnswer(BitfinexCandlesChannel.Row(venue.Text.Start(), market.Instrument, market.Candles[^1]).ToArray());

        IEnumerable<Candle> candles = request["sort"] == "1" ? market.Candles : market.Candles.Reverse();
        FrameText text = venue.Text.Start().Add('[');
        foreach (Candle candle in candles.Take((int)request.Number("limit", 100, 1, CandlesMax)))
            BitfinexCandlesChannel.Row(Separate(text), market.Instrument, candle);

        return new RestAnswer(text.Add(']').ToArray());
    }

    private RestAnswer Trades(SyntheticMarket market, RestRequest request)
    {
        FrameText text = venue.Text.Start().Add('[');
        foreach (Trade trade in market.LastTrades.Reverse().Take((int)request.Number("limit", 125, 1, TradesMax)))
        {
            Separate(text).Add('[').Add(trade.Id).Add(',').Add(trade.AtMs).Add(',').BitfinexAmount(market.Instrument, trade.TakerBuys, trade.Lots)
                .Add(',').BitfinexPrice(market.Instrument, trade.Ticks).Add(']');
        }

        return new RestAnswer(text.Add(']').ToArray());
    }

    /// <summary>Lists of configuration, one element a key; what is not known here is an empty list.</summary>
    private RestAnswer Configuration(string keys)
    {
        FrameText text = venue.Text.Start().Add('[');
        foreach (string key in keys.Split(','))
        {
            Separate(text).Add('[');
            bool isFirst = true;
            foreach (SyntheticMarket market in venue.Markets.Values)
            {
                string pair = market.Instrument.Symbol[1..];
                if (key is not ("pub:list:pair:exchange" or "pub:info:pair")) continue;

                if (!isFirst) text.Add(',');
                isFirst = false;
                if (key == "pub:list:pair:exchange") text.Add('"').Add(pair).Add('"');
                else text.Add("[\""u8).Add(pair).Add("\",[null,null,null,\"0.00004\",\"2000.0\",null,null,null,0.2,0.1,null,null]]"u8);
            }

            text.Add(']');
        }

        return new RestAnswer(text.Add(']').ToArray());
    }

    private static FrameText Separate(FrameText text) => text.Length > 1 && text.Span[^1] != (byte)'[' ? text.Add(',') : text;
}
