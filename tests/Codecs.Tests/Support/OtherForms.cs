using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lob.Fast.Engine.Pipeline;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>Writes frames in other forms that say the same: JSON leaves order of keys, white space, escapes in names and further fields open.</summary>
/// <param name="further">An object with fields that the decoder does not know; now and then one of them stands in another object.</param>
/// <param name="rowItems">How many items a row has at least that may have further ones behind them; rows begin with a text.</param>
internal sealed class OtherForms(string further, int rowItems = int.MaxValue)
{
    private const int Rounds = 3;

    private readonly (string Key, JsonElement Value)[] _further = [.. Members(JsonElement.Parse(further))];

    /// <summary>The frame in another form.</summary>
    public string Of(string frame, Random random)
    {
        using JsonDocument document = JsonDocument.Parse(frame);
        StringBuilder text = new();
        Write(text, document.RootElement, random);
        return text.ToString();
    }

    /// <summary>Frames in any form become the same records as in the venue's own.</summary>
    /// <param name="plain">A decoder for the venue's own form.</param>
    /// <param name="varied">Its equal, for the other ones.</param>
    /// <param name="frames">One of each kind; none that is rejected.</param>
    /// <param name="seed">Of the forms.</param>
    public void ChangeNothing(DecoderBench plain, DecoderBench varied, IEnumerable<string> frames, int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < Rounds; round++)
        {
            foreach (string frame in frames)
            {
                string rewritten = Of(frame, random);
                DecodeResult expected = plain.Send(frame);
                DecodeResult found = varied.Send(rewritten);
                if (expected.Outcome == DecodeOutcome.Rejected
                    || found.Outcome != expected.Outcome
                    || !MemoryMarshal.AsBytes(varied.Batch.Records).SequenceEqual(MemoryMarshal.AsBytes(plain.Batch.Records)))
                {
                    Assert.Fail($"seed {seed}: {expected}, {found}\n{frame}\n{rewritten}");
                }
            }
        }

        Assert.Equal(plain.Decoder.ControlMessages(), varied.Decoder.ControlMessages());
        Assert.Equal(plain.Decoder.UnknownEvents(), varied.Decoder.UnknownEvents());
    }

    /// <summary>A frame that the decoder knows and reads its fast way becomes the same when it is written otherwise.</summary>
    /// <returns>What it becomes.</returns>
    public byte[] ChangeNothingOf(DecoderBench bench, string frame)
    {
        byte[] fast = bench.Bytes(frame);
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal(fast, bench.Bytes(Of(frame, new Random(seed))));
        }

        return fast;
    }

    private static IEnumerable<(string Key, JsonElement Value)> Members(JsonElement element) =>
        element.EnumerateObject().Select(static member => (member.Name, member.Value));

    private void Write(StringBuilder text, JsonElement element, Random random)
    {
        Blank(text, random);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, element, random);
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

    private void WriteObject(StringBuilder text, JsonElement element, Random random)
    {
        List<(string Key, JsonElement Value)> members = [.. Members(element)];
        if (random.Next(2) == 0)
        {
            members.Add(_further[random.Next(_further.Length)]);
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
    }

    private void WriteArray(StringBuilder text, JsonElement element, Random random)
    {
        text.Append('[');
        int count = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            text.Append(count++ == 0 ? "" : ",");
            Write(text, item, random);
        }

        if (count >= rowItems && element[0].ValueKind == JsonValueKind.String && random.Next(6) == 0)
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
