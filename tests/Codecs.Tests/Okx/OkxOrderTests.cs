using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Codecs.Tests.Okx;

/// <summary>JSON leaves order of keys, white space, escapes in names and further fields open: none of them may change a record.</summary>
public class OkxOrderTests
{
    [Fact]
    public void Key_order_white_space_and_further_fields_change_nothing() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<int>(static seed =>
        {
            Random random = new(seed);
            using OkxBench plain = new();
            using OkxBench varied = new();
            for (int round = 0; round < 3; round++)
            {
                foreach (string frame in OkxSamples.All)
                {
                    string rewritten = Rewrite(frame, random);
                    if (!varied.Records(rewritten).AsSpan().SequenceEqual(plain.Records(frame)))
                    {
                        Assert.Fail($"seed {seed}\n{frame}\n{rewritten}");
                    }
                }
            }

            string list = Rewrite(OkxSamples.Instruments, random);
            Assert.Equal(plain.Records(OkxSamples.Instruments), varied.Records(list));
            Assert.Equal(DecodeOutcome.Control, varied.Send(list).Outcome);
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
            string price = $"{row + 1}{Number(random)}";
            int decimals = price.Contains('.', StringComparison.Ordinal) ? price.Length - price.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            prices.Add(decimals > 0 ? price.TrimEnd('0').TrimEnd('.') : price);
            rows.Append(row == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $"[\"{price}\",\"{Number(random)}\",\"0\",\"{random.NextInt64((long)Math.Pow(10, random.Next(10)))}\"]");
        }

        Assert.Equal(500, prices.Count);
        string frame = $$"""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[{{rows}}],"bids":[{{rows}}],"ts":"1785096000223","checksum":0,"seqId":2,"prevSeqId":1}]}""";
        using OkxBench bench = new();
        bench.Records(frame);
        byte[] fast = bench.Records(frame);
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal(fast, bench.Records(Rewrite(frame, new Random(seed))));
        }

        // Not one row by the fast loop: every row has a blank in it.
        Assert.Equal(fast, bench.Records(frame.Replace("[\"", "[ \"", StringComparison.Ordinal)));
    }

    // Up to seven digits before the point, as the fast rows take them, and sometimes more.
    private static string Number(Random random)
    {
        int decimals = random.Next(9);
        long whole = random.NextInt64((long)Math.Pow(10, random.Next(1, 9)));
        long fraction = random.NextInt64(PowersOfTen.Of(decimals));
        return DecimalText.Format((whole * PowersOfTen.Of(decimals)) + fraction, decimals, decimals);
    }

    private static string Rewrite(string frame, Random random)
    {
        using JsonDocument document = JsonDocument.Parse(frame);
        StringBuilder text = new();
        Write(text, document.RootElement, random);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement element, Random random)
    {
        Blank(text, random);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                List<(string Key, JsonElement Value)> members = [.. element.EnumerateObject().Select(static member => (member.Name, member.Value))];
                if (random.Next(2) == 0)
                {
                    using JsonDocument more = JsonDocument.Parse("""{"id":"7","uly":"BTC","further":{"asks":[[]],"data":[],"arg":{}},"prevSeqIdx":[1,{"s":"Y"}]}""");
                    JsonProperty[] extras = [.. more.RootElement.Clone().EnumerateObject()];
                    JsonProperty extra = extras[random.Next(extras.Length)];
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
                    Write(text, members[index].Value, random);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                WriteArray(text, element, random);
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }

        Blank(text, random);
    }

    private static void WriteArray(StringBuilder text, JsonElement element, Random random)
    {
        const int UsualRow = 4;
        text.Append('[');
        int count = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            text.Append(count++ == 0 ? "" : ",");
            Write(text, item, random);
        }

        // Rows of four items, and candles, may grow; in a row of three the fourth would be the count.
        if (count >= UsualRow && element[0].ValueKind == JsonValueKind.String && random.Next(6) == 0)
        {
            text.Append(""","4",{"more":[null]}""");
        }

        Blank(text, random);
        text.Append(']');
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
