using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Lob.Fast.Codecs.Tests.CoinbaseAdvanced;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Coinbase;

/// <summary>JSON leaves order of keys, white space, escapes in names and further fields open: none of them may change a record of either feed.</summary>
public class CoinbaseFormTests
{
    [Theory]
    [MemberData(nameof(CoinbaseFeeds.Both), MemberType = typeof(CoinbaseFeeds))]
    public void Key_order_white_space_and_further_fields_change_nothing(Venue venue) =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
        {
            Random random = new(seed);
            using CoinbaseBench plain = CoinbaseFeeds.Bench(venue);
            using CoinbaseBench varied = CoinbaseFeeds.Bench(venue);
            for (int round = 0; round < 3; round++)
            {
                foreach (string frame in CoinbaseFeeds.SamplesOf(venue))
                {
                    string rewritten = Rewrite(frame, random);
                    byte[] expected = plain.Bytes(frame);
                    byte[] found = varied.Bytes(rewritten);
                    if (!found.AsSpan().SequenceEqual(expected))
                    {
                        Assert.Fail($"seed {seed}\n{frame}\n{rewritten}");
                    }
                }
            }
        }));

    [Theory]
    [InlineData("snapshot")]
    [InlineData("update")]
    public void Rows_read_alike_are_the_same_row_by_row(string type)
    {
        Random random = new(7);
        StringBuilder rows = new();
        long price = 9_000_000;
        for (int row = 0; row < 400; row++)
        {
            // Up to seven digits before the point, as the fast rows take them, and sometimes more; the time changes now and then, and so does what stands where.
            price -= random.Next(1, 9_000);
            bool isBid = row < 200;
            string priceText = DecimalText.Format(isBid ? price : 20_000_000 - price, 2, random.Next(100) == 0 ? 9 : 2);
            string time = $"2026-08-09T21:05:48.{row / 50}Z";
            int decimals = random.Next(9);
            string quantity = DecimalText.Format(random.NextInt64(1, PowersOfTen.Of(random.Next(1, 10))), decimals, decimals);
            string more = random.Next(50) == 0 ? ",\"more\":1" : "";
            rows.Append(row == 0 ? "" : ",").Append(CultureInfo.InvariantCulture,
                $"{{\"side\":\"{(isBid ? "bid" : "offer")}\",\"event_time\":\"{time}\",\"price_level\":\"{priceText}\",\"new_quantity\":\"{quantity}\"{more}}}");
        }

        string frame = $$"""{"channel":"l2_data","timestamp":"2026-08-09T21:05:48.5Z","sequence_num":14,"events":[{"type":"{{type}}","product_id":"BTC-USD","updates":[{{rows}}]}]}""";
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        Assert.Equal(401, bench.Message(frame).Length);
        byte[] fast = bench.Bytes(frame);
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal(fast, bench.Bytes(Rewrite(frame, new Random(seed))));
        }
    }

    [Fact]
    public void A_prefix_that_was_read_once_is_not_believed_for_other_rows()
    {
        using CoinbaseBench bench = new(Venue.CoinbaseAdvanced);
        bench.Bytes(AdvancedSamples.Snapshot);

        // The second row names its price twice: the first of the two stands where the rows before have theirs.
        string faulty = AdvancedSamples.Snapshot.Replace(
            "\"price_level\":\"65083.2\"", "\"price_level\":\"65083.2\",\"price_level\":\"65083.1\"", StringComparison.Ordinal);
        bench.Rejects(faulty, RejectReason.DuplicateField, faulty.IndexOf("\"65083.1\"", StringComparison.Ordinal), 1);

        // And a row that goes on behind its quantity.
        faulty = AdvancedSamples.Snapshot.Replace("\"0.02244516\"", "\"0.02244516\",\"side\":\"bid\"", StringComparison.Ordinal);
        bench.Rejects(faulty, RejectReason.DuplicateField, faulty.IndexOf("\"bid\"}", StringComparison.Ordinal), 1);
    }

    internal static string Rewrite(string frame, Random random)
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
                if (random.Next(3) == 0)
                {
                    JsonProperty[] more =
                        [.. JsonDocument.Parse("""{"st":1,"further":{"type":"x","bids":[[]],"events":[]},"product_idx":[1,{"side":"Y"}],"sequence_nux":-1}""").RootElement.EnumerateObject()];
                    JsonProperty extra = more[random.Next(more.Length)];
                    members.Add((extra.Name, extra.Value));
                }

                for (int index = members.Count - 1; index > 0; index--)
                {
                    int other = random.Next(index + 1);
                    (members[index], members[other]) = (members[other], members[index]);
                }

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
                bool first = true;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    text.Append(first ? "" : ",");
                    first = false;
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
