using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>Reads messages of levels.</summary>
internal static class CoinbaseMessages
{
    public static (Side Side, long Price, long Quantity)[] Levels(IEnumerable<Record> message) =>
        [.. message.Where(static record => record.Header.Kind == RecordKind.LevelSet).Select(static record => Record.Read<LevelSet>(record))
            .Select(static level => (level.Header.Side, level.PriceTicks, level.QuantityLots))];
}
