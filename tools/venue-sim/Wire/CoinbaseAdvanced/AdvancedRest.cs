using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.CoinbaseAdvanced;

/// <summary>Advanced Trade's public REST: time, products and books.</summary>
internal sealed class AdvancedRest(AdvancedServer venue)
{
    private const string Prefix = "/api/v3/brokerage/";

    public RestAnswer? Answer(RestRequest request, long nowMs)
    {
        if (!request.Path.StartsWith(Prefix, StringComparison.Ordinal)) return null;

        switch (request.Path[Prefix.Length..].Split('/'))
        {
            case ["time"]:
                return new RestAnswer(venue.Text.Start().Add("{\"iso\":\""u8).Iso(nowMs).Add("\",\"epochSeconds\":\""u8).Add(nowMs / 1000)
                    .Add("\",\"epochMillis\":\""u8).Add(nowMs).Add("\"}"u8).ToArray());
            case ["market", "products"]:
                return Products(request["product_type"]);
            case ["market", "product_book"] when request["product_id"] is { } product && venue.Markets.TryGetValue(product, out SyntheticMarket? market):
                return Book(market, (int)request.Number("limit", int.MaxValue, 1, int.MaxValue), nowMs);
            case ["market", "product_book"]:
                return new RestAnswer("""{"error":"NOT_FOUND","error_details":"","message":"product not found"}""", 404);
            default:
                return null;
        }
    }

    private RestAnswer Book(SyntheticMarket market, int limit, long nowMs)
    {
        FrameText text = venue.Text.Start().Add("{\"pricebook\":{\"product_id\":\""u8).Add(market.Instrument.Symbol);
        AddSide("\",\"bids\":["u8, market.Bids);
        AddSide("],\"asks\":["u8, market.Asks);
        return new RestAnswer(text.Add("],\"time\":\""u8).Iso(nowMs).Add("\"}}"u8).ToArray());

        void AddSide(ReadOnlySpan<byte> name, BookSide side)
        {
            text.Add(name);
            bool isFirst = true;
            foreach (Level level in side.Levels.Take(limit))
            {
                text.Add(isFirst ? "{\"price\":"u8 : ",{\"price\":"u8).AdvancedPrice(market.Instrument, level.Ticks).Add(",\"size\":"u8).AdvancedSize(market.Instrument, level.Lots).Add('}');
                isFirst = false;
            }
        }
    }

    /// <summary>Only spot products are traded here.</summary>
    private RestAnswer Products(string? type)
    {
        FrameText text = venue.Text.Start().Add("{\"products\":["u8);
        bool isFirst = true;
        foreach (SyntheticMarket market in type is null or "SPOT" ? [.. venue.Markets.Values] : Array.Empty<SyntheticMarket>())
        {
            Instrument instrument = market.Instrument;
            text.Add(isFirst ? "{\"product_id\":\""u8 : ",{\"product_id\":\""u8).Add(instrument.Symbol).Add("\",\"price\":"u8).AdvancedPrice(instrument, market.LastTicks)
                .Add(",\"base_increment\":"u8).AdvancedSize(instrument, 1).Add(",\"quote_increment\":"u8).AdvancedPrice(instrument, 1).Add(",\"price_increment\":"u8).AdvancedPrice(instrument, 1)
                .Add(",\"base_min_size\":"u8).AdvancedSize(instrument, 1).Add(",\"base_currency_id\":\""u8).Add(instrument.Base).Add("\",\"quote_currency_id\":\""u8).Add(instrument.Quote)
                .Add("\",\"product_type\":\"SPOT\",\"status\":\"online\",\"trading_disabled\":false,\"is_disabled\":false,\"cancel_only\":false,\"limit_only\":false,\"post_only\":false,\"auction_mode\":false}"u8);
            isFirst = false;
        }

        return new RestAnswer(text.Add("],\"num_products\":"u8).Add(isFirst ? 0 : venue.Markets.Count).Add('}').ToArray());
    }
}
