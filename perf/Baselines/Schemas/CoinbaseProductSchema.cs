using System.Text.Json;
using static Lob.Fast.Baselines.Schemas.Member;
using static Lob.Fast.Baselines.Schemas.Shapes;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>Products as both of Coinbase's interfaces list them. One that does not tell its steps yet is passed over.</summary>
internal static class CoinbaseProductSchema
{
    private static readonly Shape Once = Object(
        May("id", Any), May("quote_increment", Any), May("base_increment", Any), May("min_market_funds", Any), May("base_min_size", Any));

    private static readonly Shape Told = Object(
        Must("id", Name), Must("quote_increment", Amount), Must("base_increment", Amount), May("min_market_funds", OrNull(OrEmpty(Amount))),
        May("base_min_size", OrNull(OrEmpty(Amount))));

    /// <summary>One product, or an array of them.</summary>
    public static bool FitsProducts(JsonNode value, SchemaFault fault) => value.IsObject ? FitsProduct(value, fault) : ArrayOf(FitsProduct)(value, fault);

    private static bool FitsProduct(JsonNode value, SchemaFault fault)
    {
        if (!Once(value, fault))
        {
            return false;
        }

        bool told = value.Has("id"u8) && IsTold(value, "quote_increment"u8) && IsTold(value, "base_increment"u8);
        return !told || Told(value, fault);
    }

    private static bool IsTold(JsonNode product, ReadOnlySpan<byte> name) =>
        product.Has(name, out JsonNode value) && value.Kind != JsonTokenType.Null && !(value.IsString && value.Raw.IsEmpty);
}
