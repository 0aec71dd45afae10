using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck.Fluent;
using Lob.Fast.Codecs.Bybit;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>JSON leaves order of keys, white space, escapes in names and further fields open: none of them may change a record.</summary>
public class BybitOrderTests
{
    private const string Linear = "bybit/linear_orderbook200_4symbols_20260809.rec";

    private static readonly OtherForms Forms = new("""{"st":1,"nq":"7","further":{"topic":"x","b":[[]],"data":[]},"bid1PriceX":[1,{"s":"Y"}]}""");

    [Fact]
    public void Key_order_white_space_and_further_fields_change_nothing() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<int>(static seed =>
        {
            Check(Venue.BybitLinear, BybitSamples.Linear, seed);
            Check(Venue.BybitSpot, BybitSamples.Spot, seed);
            Check(Venue.BybitInverse, BybitSamples.Inverse, seed);
        }));

    [RecordingFact(Linear)]
    public void The_fast_way_and_the_general_way_find_the_same_in_a_recording()
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(Linear)]);
        using RecordBuffer fast = new();
        using RecordBuffer general = new();
        BybitDecoder first = new(Venue.BybitLinear);
        BybitDecoder second = new(Venue.BybitLinear);
        Random random = new(20261120);
        int books = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            fast.Clear();
            general.Clear();
            byte[] rewritten = Encoding.UTF8.GetBytes(Forms.Of(Encoding.UTF8.GetString(line.Frame.Bytes), random));
            first.Decode(line.Frame, fast);
            second.Decode(new Engine.Pipeline.Frame { Bytes = rewritten, ReceivedAtNs = line.Frame.ReceivedAtNs }, general);
            if (!MemoryMarshal.AsBytes(fast.Records).SequenceEqual(MemoryMarshal.AsBytes(general.Records)))
            {
                Assert.Fail($"line {line.Frame.Line}\n{Encoding.UTF8.GetString(rewritten)}");
            }

            books += fast.Count > 0 && Record.Read<MessageBegin>(fast[0]).Type == MessageType.BookDelta ? 1 : 0;
        }

        Assert.InRange(books, 1500, 1598);
    }

    [Fact]
    public void A_side_long_enough_for_the_fast_rows_is_the_same_row_by_row()
    {
        Random random = new(7);
        StringBuilder rows = new();
        HashSet<decimal> met = [];
        while (met.Count < 500)
        {
            string price = RandomDecimal.Next(random, false);
            if (met.Add(decimal.Parse(price, CultureInfo.InvariantCulture)))
            {
                rows.Append(met.Count == 1 ? "" : ",").Append(CultureInfo.InvariantCulture, $"[\"{price}\",\"{RandomDecimal.Next(random, true)}\"]");
            }
        }

        string frame = $$$"""{"topic":"orderbook.1000.BTCUSDT","type":"delta","ts":1672304484978,"data":{"s":"BTCUSDT","b":[{{{rows}}}],"a":[{{{rows}}}],"u":7,"seq":8},"cts":1672304484976}""";
        using BybitBench bench = new();
        bench.Records(frame);
        Forms.ChangeNothingOf(bench, frame);
    }

    private static void Check(Venue venue, string[] frames, int seed)
    {
        using BybitBench plain = new(venue);
        using BybitBench varied = new(venue);
        Forms.ChangeNothing(plain, varied, frames, seed);
    }
}
