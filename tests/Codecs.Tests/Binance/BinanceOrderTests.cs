using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Binance;

/// <summary>JSON leaves order of keys, white space, escapes in names and further fields open: none of them may change a record.</summary>
public class BinanceOrderTests
{
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
            string price = Number(random, false);
            rows.Append(row == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"[\"{price}\",\"{Number(random, true)}\"]");
        }

        string frame = $$$"""{"stream":"btcusdt@depth","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":1,"u":2,"b":[{{{rows}}}],"a":[{{{rows}}}]}}""";
        using Bench bench = new();
        bench.Records(frame);
        byte[] fast = bench.Records(frame);
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal(fast, bench.Records(Rewrite(frame, new Random(seed))));
        }
    }

    private static string Number(Random random, bool zeroAllowed)
    {
        // Up to seven digits before the point, as the fast rows take them, and sometimes more.
        int decimals = random.Next(9);
        long whole = random.NextInt64((long)Math.Pow(10, random.Next(1, 9)));
        long fraction = random.NextInt64(Engine.Numbers.PowersOfTen.Of(decimals));
        long value = (whole * Engine.Numbers.PowersOfTen.Of(decimals)) + fraction;
        return Engine.Numbers.DecimalText.Format(value + (zeroAllowed || value > 0 ? 0 : 1), decimals, decimals);
    }

    private static void Check(Venue venue, string[] frames, int seed)
    {
        Random random = new(seed);
        using Bench plain = new(venue);
        using Bench varied = new(venue);
        for (int round = 0; round < 3; round++)
        {
            foreach (string frame in frames)
            {
                string rewritten = Rewrite(frame, random);
                byte[] expected = plain.Records(frame);
                byte[] found = varied.Records(rewritten);
                if (!found.AsSpan().SequenceEqual(expected))
                {
                    Assert.Fail($"seed {seed}\n{frame}\n{rewritten}");
                }
            }
        }
    }

    private static string Rewrite(string frame, Random random)
    {
        using JsonDocument document = JsonDocument.Parse(frame);
        StringBuilder text = new();
        Write(text, document.RootElement, random, isRow: false);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement element, Random random, bool isRow)
    {
        Blank(text, random);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                List<(string Key, JsonElement Value)> members = [.. element.EnumerateObject().Select(static member => (member.Name, member.Value))];
                if (random.Next(2) == 0)
                {
                    JsonProperty[] more = [.. JsonDocument.Parse("""{"st":1,"nq":"7","further":{"e":"x","b":[[]],"data":[]},"lastUpdateIdx":[1,{"s":"Y"}]}""").RootElement.EnumerateObject()];
                    JsonProperty extra = more[random.Next(more.Length)];
                    members.Add((extra.Name, extra.Value));
                }

                random.Shuffle(CollectionsMarshal.AsSpan(members));
                text.Append('{');
                for (int index = 0; index < members.Count; index++)
                {
                    text.Append(index == 0 ? "" : ",");
                    Blank(text, random);
                    text.Append('"').Append(Escape(members[index].Key, random)).Append('"');
                    Blank(text, random);
                    text.Append(':');
                    Write(text, members[index].Value, random, isRow: false);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                int count = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    text.Append(count++ == 0 ? "" : ",");
                    Write(text, item, random, isRow: item.ValueKind == JsonValueKind.Array);
                }

                if (isRow && count > 1 && random.Next(6) == 0)
                {
                    text.Append(""","4",{"more":[null]}""");
                }

                Blank(text, random);
                text.Append(']');
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }

        Blank(text, random);
    }

    private static void Blank(StringBuilder text, Random random)
    {
        if (random.Next(12) == 0)
        {
            text.Append(" \t\r\n"[random.Next(4)]);
        }
    }

    private static string Escape(string key, Random random)
    {
        int place = random.Next(key.Length * 20);
        return place >= key.Length ? key : $"{key[..place]}\\u{(int)key[place]:x4}{key[(place + 1)..]}";
    }
}
