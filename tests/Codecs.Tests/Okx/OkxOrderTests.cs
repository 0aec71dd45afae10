using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>JSON leaves order of keys, white space, escapes in names and further fields open: none of them may change a record.</summary>
public class OkxOrderTests
{
    // Rows of four items, and candles, may grow; in a row of three the fourth would be the count.
    private static readonly OtherForms Forms =
        new("""{"id":"7","uly":"BTC","further":{"asks":[[]],"data":[],"arg":{}},"prevSeqIdx":[1,{"s":"Y"}]}""", rowItems: 4);

    [Fact]
    public void Key_order_white_space_and_further_fields_change_nothing() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<int>(static seed =>
        {
            using OkxBench plain = new();
            using OkxBench varied = new();
            Forms.ChangeNothing(plain, varied, [.. OkxSamples.All, OkxSamples.Instruments], seed);
            Assert.Equal(DecodeOutcome.Control, varied.Send(OkxSamples.Instruments).Outcome);
        }));

    [Fact]
    public void A_side_long_enough_for_the_fast_rows_is_the_same_row_by_row()
    {
        Random random = new(7);
        HashSet<string> prices = [];
        StringBuilder rows = new();
        for (int row = 0; row < 500; row++)
        {
            // Prices differ although "1.0" and "1" are one.
            string price = $"{row + 1}{RandomDecimal.Next(random)}";
            int decimals = price.Contains('.', StringComparison.Ordinal) ? price.Length - price.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            prices.Add(decimals > 0 ? price.TrimEnd('0').TrimEnd('.') : price);
            rows.Append(row == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $"[\"{price}\",\"{RandomDecimal.Next(random)}\",\"0\",\"{random.NextInt64((long)Math.Pow(10, random.Next(10)))}\"]");
        }

        Assert.Equal(500, prices.Count);
        string frame = $$"""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[{{rows}}],"bids":[{{rows}}],"ts":"1785096000223","checksum":0,"seqId":2,"prevSeqId":1}]}""";
        using OkxBench bench = new();
        bench.Records(frame);
        byte[] fast = Forms.ChangeNothingOf(bench, frame);

        // Not one row by the fast loop: every row has a blank in it.
        Assert.Equal(fast, bench.Records(frame.Replace("[\"", "[ \"", StringComparison.Ordinal)));
    }
}
