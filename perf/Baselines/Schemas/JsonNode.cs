using System.Text;
using System.Text.Json;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>A value on a <see cref="JsonTape"/>, valid until the tape reads its next text.</summary>
public readonly struct JsonNode
{
    private readonly JsonTape _tape;
    private readonly int _index;

    internal JsonNode(JsonTape tape, int index) => (_tape, _index) = (tape, index);

    /// <summary>What it is: StartObject and StartArray stand for the whole object or array.</summary>
    public JsonTokenType Kind => _tape[_index].Kind;

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Kind == JsonTokenType.StartObject;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Kind == JsonTokenType.StartArray;

    /// <summary>Whether it is a string.</summary>
    public bool IsString => Kind == JsonTokenType.String;

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => Kind == JsonTokenType.Number;

    /// <summary>First byte in the text; of a string, behind its quote.</summary>
    public int Start => _tape[_index].Start;

    /// <summary>Bytes as written, of a string without its quotes.</summary>
    public ReadOnlySpan<byte> Raw => _tape.Bytes.Slice(_tape[_index].Start, _tape[_index].Length);

    /// <summary>Text of a string or key, its escapes resolved; half a surrogate pair is U+FFFD.</summary>
    public ReadOnlySpan<byte> Text => _tape[_index].Escaped ? Encoding.UTF8.GetBytes(Unescaped(Encoding.UTF8.GetString(Raw))) : Raw;

    /// <summary>The value of a key; <see cref="Text"/> of a member is its key.</summary>
    public JsonNode Value => new(_tape, _index + 1);

    /// <summary>Elements of the array, or members (as their keys) of the object.</summary>
    public Children Items => new(_tape, _index);

    /// <summary>Number of elements or members.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (JsonNode _ in Items)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The element at a position, which must exist.</summary>
    public JsonNode this[int position]
    {
        get
        {
            foreach (JsonNode item in Items)
            {
                if (position-- == 0)
                {
                    return item;
                }
            }

            throw new ArgumentOutOfRangeException(nameof(position));
        }
    }

    /// <summary>Whether the string is <paramref name="text"/>.</summary>
    public bool TextIs(ReadOnlySpan<byte> text) => IsString && Text.SequenceEqual(text);

    /// <summary>Finds the first member of that name. False = there is none, or this is no object.</summary>
    public bool Has(ReadOnlySpan<byte> name, out JsonNode value)
    {
        value = this;
        if (!IsObject)
        {
            return false;
        }

        foreach (JsonNode key in Items)
        {
            if (key.Text.SequenceEqual(name))
            {
                value = key.Value;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there is a member of that name.</summary>
    public bool Has(ReadOnlySpan<byte> name) => Has(name, out _);

    /// <summary>How many members have that name.</summary>
    public int CountOf(ReadOnlySpan<byte> name)
    {
        int count = 0;
        foreach (JsonNode key in Items)
        {
            count += key.Text.SequenceEqual(name) ? 1 : 0;
        }

        return count;
    }

    private static string Unescaped(string raw)
    {
        StringBuilder text = new();
        for (int at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\')
            {
                text.Append(raw[at]);
                continue;
            }

            at++;
            text.Append(raw[at] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)Convert.ToUInt16(raw.Substring(at + 1, 4), 16),
                _ => raw[at],
            });
            at += raw[at] == 'u' ? 4 : 0;
        }

        return text.ToString();
    }

    /// <summary>Goes through the elements of an array, or the keys of an object.</summary>
    public struct Children
    {
        private readonly JsonTape _tape;
        private readonly int _end;
        private readonly bool _members;
        private int _next;

        internal Children(JsonTape tape, int index)
        {
            _tape = tape;
            _members = tape[index].Kind == JsonTokenType.StartObject;
            _next = index + 1;
            _end = _members || tape[index].Kind == JsonTokenType.StartArray ? tape[index].Next : _next;
            Current = default;
        }

        /// <summary>The element or key at hand.</summary>
        public JsonNode Current { get; private set; }

        /// <summary>Steps on.</summary>
        public bool MoveNext()
        {
            if (_next >= _end)
            {
                return false;
            }

            Current = new JsonNode(_tape, _next);
            _next = _tape[_members ? _next + 1 : _next].Next;
            return true;
        }

        /// <summary>Itself, for <c>foreach</c>.</summary>
        public readonly Children GetEnumerator() => this;
    }
}
