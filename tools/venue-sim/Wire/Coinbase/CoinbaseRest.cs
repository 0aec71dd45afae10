using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary>REST of Coinbase Exchange: time, products, books, trades and candles.</summary>
internal sealed class CoinbaseRest(CoinbaseServer venue)
{
    private const int RequestsMax = 15;
    private const long WindowMs = 1000;
    private const int CandlesMax = 300;
    private const int TradesMax = 1000;
    private const int MinuteSeconds = 60;

    private readonly RateLimit _requests = new(RequestsMax, WindowMs);

    public RestAnswer? Answer(RestRequest request, long nowMs)
    {
        if (!_requests.Use(1, nowMs) && venue.Options.Limits)
        {
            venue.CountLimit();
            return new RestAnswer("""{"message":"Public rate limit exceeded"}""", 429);
        }

        string[] parts = request.Path.Trim('/').Split('/');
        switch (parts)
        {
            case ["time"]:
                FrameText text = venue.Text.Start().Add("{\"iso\":\""u8).Iso(nowMs).Add("\",\"epoch\":"u8).Fixed(nowMs, 3).Add('}');
                return new RestAnswer(text.ToArray());
            case ["products"]:
                return Products();
            case ["products", var product, ..] when !venue.Markets.ContainsKey(product):
                return RestAnswer.NotFound with { Body = "{\"message\":\"NotFound\"}"u8.ToArray() };
            case ["products", var product]:
                return new RestAnswer(Product(venue.Text.Start(), venue.Markets[product].Instrument).ToArray());
            case ["products", var product, "book"]:
                return Book(venue.Markets[product], request, nowMs);
            case ["products", var product, "candles"]:
                return Candles(venue.Markets[product], request);
            case ["products", var product, "trades"]:
                return Trades(venue.Markets[product], request);
            default:
                return null;
        }
    }

    private RestAnswer Book(SyntheticMarket market, RestRequest request, long nowMs)
    {
        long level = request.Number("level", 1, 1, 3);
        if (level == 3 && venue.Options.CoinbaseCredentials is { } credentials
            && CoinbaseSignature.Fault(
                credentials,
                (request.Header("CB-ACCESS-KEY"), request.Header("CB-ACCESS-SIGN"), request.Header("CB-ACCESS-TIMESTAMP"), request.Header("CB-ACCESS-PASSPHRASE")),
                $"GET{request.Target}", nowMs) is { } fault)
        {
            return new RestAnswer($"{{\"message\":\"{fault}\"}}", 401);
        }

        FrameText text = venue.Text.Start().Add("{\"sequence\":"u8).Add(venue.FeedOf(market.Instrument.Symbol).Sequence).Add(",\"bids\":"u8);
        AddSide(market.Bids);
        text.Add(",\"asks\":"u8);
        AddSide(market.Asks);
        return new RestAnswer(text.Add(",\"auction_mode\":false,\"auction\":null,\"time\":\""u8).Iso(nowMs).Add("\"}"u8).ToArray());

        void AddSide(BookSide side)
        {
            text.Add('[');
            bool isFirst = true;
            foreach (Level held in side.Levels.Take(level == 1 ? 1 : int.MaxValue))
            {
                if (level < 3)
                {
                    Begin(ref isFirst, held.Ticks, held.Lots).Add(held.Orders.Count).Add(']');
                    continue;
                }

                foreach (Order order in held.Orders)
                    Begin(ref isFirst, order.Ticks, order.Lots).Add('"').Add(Identifiers.Of(order.Id)).Add("\"]"u8);
            }

            text.Add(']');
        }

        FrameText Begin(ref bool isFirst, long ticks, long lots)
        {
            text.Add(isFirst ? "["u8 : ",["u8).CoinbasePrice(market.Instrument, ticks).Add(',').CoinbaseSize(market.Instrument, lots).Add(',');
            isFirst = false;
            return text;
        }
    }

    private RestAnswer Candles(SyntheticMarket market, RestRequest request)
    {
        if (request.Number("granularity", MinuteSeconds, 0, long.MaxValue) != MinuteSeconds) return new RestAnswer("""{"message":"Unsupported granularity"}""", 400);

        Instrument instrument = market.Instrument;
        FrameText text = venue.Text.Start().Add('[');
        foreach (Candle candle in market.Candles.Reverse().Take(CandlesMax))
        {
            text.Add(text.Length > 1 ? ",["u8 : "["u8).Add(candle.StartMs / 1000);
            foreach (long ticks in (ReadOnlySpan<long>)[candle.Low, candle.High, candle.Open, candle.Close])
                text.Add(',').Trimmed((Int128)ticks * instrument.TickUnits, instrument.PriceDecimals);

            text.Add(',').Trimmed((Int128)candle.Lots * instrument.LotUnits, instrument.QuantityDecimals).Add(']');
        }

        return new RestAnswer(text.Add(']').ToArray());
    }

    private RestAnswer Trades(SyntheticMarket market, RestRequest request)
    {
        FrameText text = venue.Text.Start().Add('[');
        foreach (Trade trade in market.LastTrades.Reverse().Take((int)request.Number("limit", TradesMax, 1, TradesMax)))
        {
            text.Add(text.Length > 1 ? ",{\"trade_id\":"u8 : "{\"trade_id\":"u8).Add(trade.Id).Add(trade.TakerBuys ? ",\"side\":\"sell\",\"size\":"u8 : ",\"side\":\"buy\",\"size\":"u8)
                .CoinbaseSize(market.Instrument, trade.Lots).Add(",\"price\":"u8).CoinbasePrice(market.Instrument, trade.Ticks).Add(",\"time\":\""u8).Iso(trade.AtMs).Add("\"}"u8);
        }

        return new RestAnswer(text.Add(']').ToArray());
    }

    private RestAnswer Products()
    {
        FrameText text = venue.Text.Start().Add('[');
        foreach (SyntheticMarket market in venue.Markets.Values)
        {
            if (text.Length > 1) text.Add(',');
            Product(text, market.Instrument);
        }

        return new RestAnswer(text.Add(']').ToArray());
    }

    private static FrameText Product(FrameText text, Instrument instrument) =>
        text.Add("{\"id\":\""u8).Add(instrument.Symbol).Add("\",\"base_currency\":\""u8).Add(instrument.Base).Add("\",\"quote_currency\":\""u8).Add(instrument.Quote)
            .Add("\",\"quote_increment\":"u8).CoinbasePrice(instrument, 1).Add(",\"base_increment\":"u8).CoinbaseSize(instrument, 1)
            .Add(",\"display_name\":\""u8).Add(instrument.Base).Add('/').Add(instrument.Quote)
            .Add("\",\"min_market_funds\":\"1\",\"margin_enabled\":false,\"post_only\":false,\"limit_only\":false,\"cancel_only\":false,\"status\":\"online\",\"status_message\":\"\",\"trading_disabled\":false,\"fx_stablecoin\":false,\"max_slippage_percentage\":\"0.02000000\",\"auction_mode\":false,\"high_bid_limit_percentage\":\"\"}"u8);
}
