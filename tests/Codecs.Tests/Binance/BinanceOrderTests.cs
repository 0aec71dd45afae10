using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>JSON leaves order of keys, white space, escapes in names and further fields open: none of them may change a record.</summary>
public class BinanceOrderTests
{
    private static readonly OtherForms Forms = new("""{"st":1,"nq":"7","further":{"e":"x","b":[[]],"data":[]},"lastUpdateIdx":[1,{"s":"Y"}]}""", rowItems: 2);

    [Fact]
    public void Key_order_white_space_and_further_fields_change_nothing() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<int>(static seed =>
        {
            Check(Venue.BinanceSpot, SampleFrames.Spot, seed);
            Check(Venue.BinanceUsdM, SampleFrames.Futures, seed);
            Check(Venue.BinanceCoinM, [SampleFrames.CoinRest], seed);
        }));

    [Fact]
    public void A_side_long_enough_for_the_fast_rows_is_the_same_row_by_row()
    {
        Random random = new(7);
        StringBuilder rows = new();
        for (int row = 0; row < 500; row++)
        {
            string price = RandomDecimal.Next(random, false);
            rows.Append(row == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"[\"{price}\",\"{RandomDecimal.Next(random, true)}\"]");
        }

        string frame = $$$"""{"stream":"btcusdt@depth","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":1,"u":2,"b":[{{{rows}}}],"a":[{{{rows}}}]}}""";
        using Bench bench = new();
        bench.Records(frame);
        Forms.ChangeNothingOf(bench, frame);
    }

    private static void Check(Venue venue, string[] frames, int seed)
    {
        using Bench plain = new(venue);
        using Bench varied = new(venue);
        Forms.ChangeNothing(plain, varied, frames, seed);
    }
}
