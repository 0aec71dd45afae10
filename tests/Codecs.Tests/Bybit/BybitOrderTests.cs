using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Lob.Fast.Codecs.Bybit;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Codecs.Tests.Bybit;

/// <summary>JSON leaves order of keys, white space, escapes in names and further fields open: none of them may change a record.</summary>
public class BybitOrderTests
{
    private const string Linear = "bybit/linear_orderbook200_4symbols_20260809.rec";

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
            byte[] rewritten = Encoding.UTF8.GetBytes(Rewrite(Encoding.UTF8.GetString(line.Frame.Bytes), random));
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
            string price = Number(random, false);
            if (met.Add(decimal.Parse(price, CultureInfo.InvariantCulture)))
            {
                rows.Append(met.Count == 1 ? "" : ",").Append(CultureInfo.InvariantCulture, $"[\"{price}\",\"{Number(random, true)}\"]");
            }
        }

        string frame = $$$"""{"topic":"orderbook.1000.BTCUSDT","type":"delta","ts":1672304484978,"data":{"s":"BTCUSDT","b":[{{{rows}}}],"a":[{{{rows}}}],"u":7,"seq":8},"cts":1672304484976}""";
        using BybitBench bench = new();
        bench.Records(frame);
        byte[] fast = bench.Records(frame);
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal(fast, bench.Records(Rewrite(frame, new Random(seed))));
        }
    }

    internal static string Rewrite(string frame, Random random)
    {
        using JsonDocument document = JsonDocument.Parse(frame);
        StringBuilder text = new();
        Write(text, document.RootElement, random);
        return text.ToString();
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
        using BybitBench plain = new(venue);
        using BybitBench varied = new(venue);
        for (int round = 0; round < 3; round++)
        {
            foreach (string frame in frames)
            {
                string rewritten = Rewrite(frame, random);
                plain.Send(frame);
                varied.Send(rewritten);
                if (!MemoryMarshal.AsBytes(plain.Batch.Records).SequenceEqual(MemoryMarshal.AsBytes(varied.Batch.Records)))
                {
                    Assert.Fail($"seed {seed}\n{frame}\n{rewritten}");
                }
            }
        }

        Assert.Equal(plain.Decoder.ControlMessages(), varied.Decoder.ControlMessages());
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
                    JsonProperty[] more = [.. JsonDocument.Parse("""{"st":1,"nq":"7","further":{"topic":"x","b":[[]],"data":[]},"bid1PriceX":[1,{"s":"Y"}]}""").RootElement.EnumerateObject()];
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
                    Write(text, members[index].Value, random);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                int count = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    text.Append(count++ == 0 ? "" : ",");
                    Write(text, item, random);
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
