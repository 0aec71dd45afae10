using System.Buffers;
using System.Text;
using System.Text.Json;
using Lob.Fast.Baselines.Schemas;

namespace Lob.Fast.Baselines;

/// <summary>
/// Damages frames: their bytes at random, and their parts one by one, so that what comes out is often still JSON and now and then still a good frame.
/// The same seed and the same frames give the same damages.
/// </summary>
public sealed class FrameMutator(int seed)
{
    private const int StructuredMutations = (int)FrameMutation.TimeChanged - (int)FrameMutation.BlanksInserted + 1;

    // Far beyond what a name may be long; rarely, because it is slow.
    private const int LongText = 100_000;

    private static readonly byte[] Telling = [.. "\"\"\\{}[],:.0123456789-+eEtfnu \r\n\t"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789.-e"u8);

    /// <summary>Numbers that no venue writes, that cannot be held, or that differ from venue to venue.</summary>
    private static readonly string[] Distorted =
    [
        "-1", "+1", "-0", "1e5", "1E5", "1e+5", "1e-5", "2.5e-8", "1e400", "01", "00.1", "0.-10000", "-0.1", "1.", ".5", "1.2.3", "0x10",
        "NaN", "Infinity", "-Infinity",
        "1234567890123456789012345678901234567890", "0.1234567890123456789012345678901234567890", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "18446744073709551616", "99999999999999999.9", "0.123456789012345", "0.00000000000001",
        "1_000", "1,000", " 1", "1 ", "١", "1.0e-7", "1e-6", "10e-8",
        "1e-07", "--1", "0.0000000", "null", "",
    ];

    private static readonly string[] Times =
    [
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1999-12-31T23:59:59.999Z", "2200-01-01T00:00:00Z",
        "2022-02-30T00:00:00Z", "2022-08-04T24:00:00Z", "2022-08-04T15:25:05", "2022-08-04T15:25:05.010758+00:00", "2022-08-04 15:25:05Z",
        "2022-08-04T15:25:05.Z", "2022-08-04T15:25:05.1234567891Z", "2022-08-04T15:25:05.5Z",
        "2024-02-29T12:00:00.000000Z", "2022-08-04t15:25:05z", "-62135596800000", "253402300799999", "0", "1", "946684799999", "946684800000", "7258118400000",
        "1700000000", "1700000000000", "1700000000000000", "1700000000000000000",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "{}", "[]", "\"\"", "0", "1", "-1", "\"x\"", "[[]]", "[null]", "{\"a\":1}", "1.5", "\"1.5\"", "[\"1\",\"1\"]",

        // Text that would be something else without its quotes.
        "\"[]\"", "\"{}\"", "\"[1,1,1]\"", "\"[[1,1,1]]\"", "\"[{}]\"", "\"true\"", "\"null\"",
    ];

    private readonly Random _random = new(seed);
    private readonly JsonTape _tape = new();

    /// <summary>Damages a frame, now and then twice.</summary>
    /// <param name="frame">The frame, which is left as it is.</param>
    /// <param name="other">Another frame, for damages that take two.</param>
    public MutatedFrame Mutate(byte[] frame, byte[] other)
    {
        FrameMutation mutation = Once(ref frame, other);
        if (_random.Next(6) == 0)
        {
            Once(ref frame, other);
        }

        return new MutatedFrame(frame, mutation);
    }

    private FrameMutation Once(ref byte[] frame, byte[] other)
    {
        if (_random.Next(4) == 0 || !_tape.TryRead(frame))
        {
            return ChangeBytes(ref frame, other);
        }

        for (int draw = 0; draw < 8; draw++)
        {
            FrameMutation mutation = FrameMutation.BlanksInserted + _random.Next(StructuredMutations);
            if (Change(mutation, frame) is { } changed)
            {
                frame = changed;
                return mutation;
            }
        }

        return ChangeBytes(ref frame, other);
    }

    private FrameMutation ChangeBytes(ref byte[] frame, byte[] other)
    {
        const int Header = 120;
        if (frame.Length == 0)
        {
            frame = other;
            return FrameMutation.Spliced;
        }

        // Half of the time where the names and ids are.
        int at = _random.Next(_random.Next(2) == 0 ? Math.Min(frame.Length, Header) : frame.Length);
        int length = Math.Min(frame.Length - at, 1 + _random.Next(_random.Next(2) == 0 ? 4 : 64));
        byte value = _random.Next(4) == 0 ? (byte)_random.Next(256) : Telling[_random.Next(Telling.Length)];
        FrameMutation mutation = FrameMutation.BitFlipped + _random.Next((int)FrameMutation.Appended);
        frame = mutation switch
        {
            FrameMutation.BitFlipped => Replace(frame, at, 1, [(byte)(frame[at] ^ (1 << _random.Next(8)))]),
            FrameMutation.ByteReplaced => Replace(frame, at, 1, [value]),
            FrameMutation.ByteInserted => Replace(frame, at, 0, [value]),
            FrameMutation.ByteDeleted => Replace(frame, at, 1, []),
            FrameMutation.Truncated => frame[..at],
            FrameMutation.SliceRepeated => Replace(frame, at, 0, frame.AsSpan(at, length)),
            FrameMutation.SliceDeleted => Replace(frame, at, length, []),
            FrameMutation.Spliced => [.. frame.AsSpan(0, at), .. other.AsSpan(_random.Next(other.Length))],
            _ when _random.Next(3) == 0 => [.. frame, .. other],
            _ => [.. frame, value],
        };
        return mutation;
    }

    // Null when the frame has nothing of the kind. The tape holds the frame.
    private byte[]? Change(FrameMutation mutation, byte[] frame) => mutation switch
    {
        FrameMutation.BlanksInserted => Replace(frame, TokenStart(_random.Next(_tape.Count)), 0, Encoding.ASCII.GetBytes(Pick(" ", "\t\r\n", "  \n"))),
        FrameMutation.ItemDropped => OnItem(frame, (parent, at) => Without(frame, parent, at)),
        FrameMutation.ItemRepeated => OnItem(frame, (parent, at) => Joined(frame, parent, Repeat(Slices(parent), at))),
        FrameMutation.KeyRepeated => RepeatKey(frame),
        FrameMutation.KeyRenamed => On(frame, static node => node.Kind == JsonTokenType.PropertyName, node => OtherName(node.Raw)),
        FrameMutation.ItemsSwapped => OnItem(frame, (parent, at) => Joined(frame, parent, Swap(Slices(parent), at))),
        FrameMutation.ItemAdded => OnContainer(frame),
        FrameMutation.TypeChanged => On(frame, IsValue, node => ChangeType(node), whole: true),
        FrameMutation.NumberDistorted => On(frame, IsNumeric, _ => PickFrom(Distorted)),
        FrameMutation.NumberChanged => On(frame, IsNumeric, node => OtherNumber(Encoding.ASCII.GetString(node.Raw))),
        FrameMutation.Nested => On(frame, IsValue, node => Nest(node), whole: true),
        FrameMutation.TextDistorted => On(frame, static node => node.IsString, _ => OddText()),
        FrameMutation.Utf8Broken => BreakUtf8(frame),
        FrameMutation.Escaped => On(frame, static node => IsQuoted(node) && node.Raw.Length > 0, node => Escape(node.Raw)),
        FrameMutation.NameChanged => On(frame, static node => node.IsString && node.Raw.Length > 0 && !IsNumeric(node), node => OtherName(node.Raw)),
        _ => On(frame, IsTimely, node => OtherTime(node)),
    };

    private static bool IsValue(JsonNode node) => node.Kind != JsonTokenType.PropertyName;

    private static bool IsQuoted(JsonNode node) => node.Kind is JsonTokenType.String or JsonTokenType.PropertyName;

    private static bool IsNumeric(JsonNode node) => node.IsNumber
        || (node.IsString && node.Raw.Length > 0 && !node.Raw.ContainsAnyExcept(NumberBytes) && node.Raw.ContainsAnyInRange((byte)'0', (byte)'9'));

    private static bool IsTimely(JsonNode node) =>
        (IsNumeric(node) && node.Raw.Length is 10 or 13 or 16 or 19 && !node.Raw.Contains((byte)'.'))
        || (node.IsString && node.Raw.Length > 18 && node.Raw[4] == (byte)'-' && node.Raw.Contains((byte)':'));

    // Replaces what stands in a node that is drawn; of a string what stands between its quotes, unless the whole of it is wanted.
    private byte[]? On(byte[] frame, Func<JsonNode, bool> wanted, Func<JsonNode, string?> replacement, bool whole = false)
    {
        for (int draw = 0; draw < 24; draw++)
        {
            // Half of the draws where the names and ids are.
            JsonNode node = _tape.NodeAt(_random.Next(_random.Next(2) == 0 ? Math.Min(_tape.Count, 24) : _tape.Count));
            if (!wanted(node) || replacement(node) is not { } text)
            {
                continue;
            }

            (int start, int length) = whole ? Slice(node) : (node.Start, node.Raw.Length);
            return Replace(frame, start, length, Encoding.UTF8.GetBytes(text));
        }

        return null;
    }

    private byte[]? OnItem(byte[] frame, Func<JsonNode, int, byte[]?> change)
    {
        for (int draw = 0; draw < 24; draw++)
        {
            JsonNode node = _tape.NodeAt(_random.Next(_random.Next(2) == 0 ? Math.Min(_tape.Count, 24) : _tape.Count));
            if ((node.IsObject || node.IsArray) && node.Count is > 0 and int count)
            {
                return change(node, _random.Next(count)) is { } changed && !ReferenceEquals(changed, frame) ? changed : null;
            }
        }

        return null;
    }

    private byte[]? OnContainer(byte[] frame)
    {
        return On(
            frame,
            static node => node.IsObject || node.IsArray,
            node =>
            {
                string text = Encoding.UTF8.GetString(node.Raw);
                string added = (node.IsObject ? $"\"{Pick("x", "new_field", "seqId", "u", "data", "", "\\u0000")}\":" : "") + PickFrom(Values);
                string comma = node.Count == 0 ? "" : ",";
                return _random.Next(2) == 0 ? $"{text[0]}{added}{comma}{text[1..]}" : $"{text[..^1]}{comma}{added}{text[^1]}";
            },
            whole: true);
    }

    private byte[]? RepeatKey(byte[] frame) => OnItem(frame, (parent, at) =>
    {
        if (!parent.IsObject)
        {
            return null;
        }

        JsonNode key = parent[at];
        (int start, int length) = Slice(key.Value);
        byte[] again = [.. ",\""u8, .. key.Raw, .. "\":"u8, .. Encoding.UTF8.GetBytes(_random.Next(2) == 0 ? PickFrom(Values) : ChangeType(key.Value))];
        return _random.Next(2) == 0
            ? Replace(frame, start + length, 0, again)
            : Replace(frame, parent.Start + 1, 0, [.. again[1..], (byte)',']);
    });

    // The bytes of each element or member with the range they stand in.
    private static List<(int Start, int Length)> Slices(JsonNode parent)
    {
        List<(int Start, int Length)> slices = [];
        foreach (JsonNode item in parent.Items)
        {
            (int start, int length) = Slice(item);
            if (parent.IsObject)
            {
                (int valueStart, int valueLength) = Slice(item.Value);
                length = valueStart + valueLength - start;
            }

            slices.Add((start, length));
        }

        return slices;
    }

    private static byte[] Without(byte[] frame, JsonNode parent, int at)
    {
        List<(int Start, int Length)> slices = Slices(parent);
        slices.RemoveAt(at);
        return Joined(frame, parent, slices);
    }

    private static List<(int Start, int Length)> Repeat(List<(int Start, int Length)> slices, int at)
    {
        slices.Insert(at, slices[at]);
        return slices;
    }

    private List<(int Start, int Length)> Swap(List<(int Start, int Length)> slices, int at)
    {
        int with = _random.Next(slices.Count);
        (slices[at], slices[with]) = (slices[with], slices[at]);
        return slices;
    }

    private static byte[] Joined(byte[] frame, JsonNode parent, List<(int Start, int Length)> slices)
    {
        List<byte> inside = [];
        foreach ((int start, int length) in slices)
        {
            if (inside.Count > 0)
            {
                inside.Add((byte)',');
            }

            inside.AddRange(frame.AsSpan(start, length));
        }

        return Replace(frame, parent.Start + 1, parent.Raw.Length - 2, [.. inside]);
    }

    private string ChangeType(JsonNode node)
    {
        string raw = Encoding.UTF8.GetString(node.Raw);
        return _random.Next(3) switch
        {
            0 when node.IsNumber => $"\"{raw}\"",
            0 when node.IsString => raw.Length == 0 ? "0" : raw,
            1 => node.IsString ? $"[\"{raw}\"]" : $"[{raw}]",
            _ => PickFrom(Values),
        };
    }

    private string Nest(JsonNode node)
    {
        (int start, int length) = Slice(node);
        string value = Encoding.UTF8.GetString(_tape.Bytes.Slice(start, length));
        int levels = Pick(1, 2, 10, 58, 60, 61, 62, 63, 64, 65, 66, 200, 5_000);
        return _random.Next(2) == 0
            ? new string('[', levels) + value + new string(']', levels)
            : string.Concat(Enumerable.Repeat("{\"a\":", levels)) + value + new string('}', levels);
    }

    private string OddText() => _random.Next(8) switch
    {
        0 => "",
        1 => new string('A', Pick(39, 40, 41, 42, 80, 81, 82, 300)),
        2 when _random.Next(20) == 0 => new string('z', LongText),
        3 => "a b",
        4 => "\\u0000",
        5 => "\\\"",
        6 => "\u00e9\u4e2d\U0001F600",
        _ => Pick("snapshot", "delta", "update", "subscribe", "error", "pong", "hb", "cs", "te", "tu", "buy", "sell", "NA", "None", "BTCUSDT", "BTC-USD", "0"),
    };

    private byte[]? BreakUtf8(byte[] frame)
    {
        JsonNode node = _tape.NodeAt(_random.Next(_tape.Count));
        if (!IsQuoted(node))
        {
            return null;
        }

        byte[] bad = _random.Next(9) switch
        {
            0 => [0xFF],
            1 => [0xC0, 0xAF],
            2 => [0xED, 0xA0, 0x80],
            3 => [0xF5, 0x80, 0x80, 0x80],
            4 => [0x80],
            5 => [0xE2, 0x82],
            6 => [0],
            7 => [.. "\\ud800"u8],
            _ => [.. "\\udc00\\ud800"u8],
        };
        return Replace(frame, node.Start + _random.Next(node.Raw.Length + 1), 0, bad);
    }

    private string Escape(ReadOnlySpan<byte> raw)
    {
        string text = Encoding.UTF8.GetString(raw);
        int at = _random.Next(text.Length);
        return text.Contains('\\', StringComparison.Ordinal) || text[at] > '~'
            ? text
            : $"{text[..at]}\\u{(_random.Next(2) == 0 ? ((int)text[at]).ToString("x4", null) : ((int)text[at]).ToString("X4", null))}{text[(at + 1)..]}";
    }

    private string OtherName(ReadOnlySpan<byte> raw)
    {
        string text = Encoding.UTF8.GetString(raw);
        if (text.Length == 0)
        {
            return "x";
        }

        int at = _random.Next(text.Length);
        char other = (char)_random.Next('!', '~' + 1);
        string letter = other is '"' or '\\' ? "Z" : other.ToString();
        return _random.Next(6) switch
        {
            0 => text.ToUpperInvariant(),
            1 => text.ToLowerInvariant(),
            2 => text + letter,
            3 => text[..at] + text[(at + 1)..],
            4 => text + text,
            _ => text[..at] + letter + text[(at + 1)..],
        };
    }

    private string OtherNumber(string text)
    {
        bool negative = text.StartsWith('-');
        string digits = negative ? text[1..] : text;
        switch (_random.Next(8))
        {
            case 0:
                return "0";
            case 1:
                // With one decimal more than it had.
                int point = digits.IndexOf('.', StringComparison.Ordinal);
                return "0." + new string('0', point < 0 ? 1 : digits.Length - point);
            case 2:
                return negative ? digits : "-" + digits;
            case 3:
                return digits + Pick("0", "00", "5", ".5");
            case 4 when digits.Contains('.', StringComparison.Ordinal):
                return text + Pick("0", "5", "00000001");
            case 5 when long.TryParse(text, out long number) && number is > -1_000_000_000_000_000_000 and < 1_000_000_000_000_000_000:
                return (number + Pick(1, -1, 2, -2, 1000, -1000, 1_000_000)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            case 6:
                return Pick("1", "2", "20051", "65536", "131072", "196608", "32768", "0.1", "0.00000001", "1234567.12345678", "12345678", "0.123456789",
                    "999999999999999999", "7e-7", "9.1e-7");
            default:
                int at = _random.Next(text.Length);
                return char.IsAsciiDigit(text[at]) ? text[..at] + (char)('0' + _random.Next(10)) + text[(at + 1)..] : text;
        }
    }

    private string OtherTime(JsonNode node)
    {
        string time = PickFrom(Times);
        return node.IsNumber && !char.IsAsciiDigit(time[^1]) ? "0" : time;
    }

    private static (int Start, int Length) Slice(JsonNode node) => IsQuoted(node)
        ? (node.Start - 1, node.Raw.Length + 2)
        : (node.Start, node.Raw.Length);

    private int TokenStart(int index) => Slice(_tape.NodeAt(index)).Start;

    private string PickFrom(string[] choices) => choices[_random.Next(choices.Length)];

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    private static byte[] Replace(byte[] frame, int at, int length, ReadOnlySpan<byte> by) => [.. frame.AsSpan(0, at), .. by, .. frame.AsSpan(at + length)];
}
