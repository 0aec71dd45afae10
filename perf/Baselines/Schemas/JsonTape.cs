using System.Text.Json;
using System.Text.Unicode;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>
/// The values of one JSON text in the order in which they stand, read by the platform's <see cref="Utf8JsonReader"/> at its strictest: no comments, no
/// trailing commas, at most <see cref="DepthMax"/> levels, valid UTF-8 throughout. Used again for text after text.
/// </summary>
public sealed class JsonTape
{
    /// <summary>Deepest nesting allowed.</summary>
    public const int DepthMax = 64;

    private readonly Stack<int> _open = new();
    private Entry[] _entries = new Entry[256];
    private int _count;
    private byte[] _bytes = [];

    /// <summary>What is wrong with the text; empty when nothing is.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>The outermost value. Only after a text that was read.</summary>
    public JsonNode Root => new(this, 0);

    /// <summary>Values and keys held; <see cref="NodeAt"/> takes them by number.</summary>
    public int Count => _count;

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a text. False = it is not JSON; <see cref="Fault"/> says why.</summary>
    public bool TryRead(byte[] text)
    {
        _bytes = text;
        _count = 0;
        _open.Clear();
        Fault = "";
        if (!Utf8.IsValid(text))
        {
            Fault = "not UTF-8";
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DepthMax });
            while (reader.Read())
            {
                Add(reader);
            }

            return true;
        }
        catch (JsonException exception)
        {
            Fault = $"not JSON: {exception.Message}";
            return false;
        }
    }

    /// <summary>A value or key by its number in the text.</summary>
    public JsonNode NodeAt(int index) => new(this, index);

    internal ref readonly Entry this[int index] => ref _entries[index];

    private void Add(in Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            ref Entry opened = ref _entries[_open.Pop()];
            opened.Length = (int)reader.TokenStartIndex + 1 - opened.Start;
            opened.Next = _count;
            return;
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
        }

        bool quoted = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        _entries[_count] = new Entry
        {
            Kind = reader.TokenType,
            Escaped = quoted && reader.ValueIsEscaped,
            Start = (int)reader.TokenStartIndex + (quoted ? 1 : 0),
            Length = reader.ValueSpan.Length,
            Next = _count + 1,
        };
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _open.Push(_count);
        }

        _count++;
    }

    /// <summary>One value or key.</summary>
    internal struct Entry
    {
        public JsonTokenType Kind;

        /// <summary>A string with a backslash in it.</summary>
        public bool Escaped;

        /// <summary>First byte; of a string, behind its quote.</summary>
        public int Start;

        /// <summary>Bytes, without the quotes of a string.</summary>
        public int Length;

        /// <summary>Number of the entry behind it and all it holds.</summary>
        public int Next;
    }
}
