using System.Text;

namespace Lob.Fast.Codecs.Json;

/// <summary>Counts messages by name. No allocation for a name met before; a bounded number of names.</summary>
internal sealed class NameCounter
{
    /// <summary>
    /// Most names. Binance documents fewer than 40 events; a venue that invents a name a message must not fill the memory. Further names count as
    /// <see cref="Other"/>.
    /// </summary>
    public const int NamesMax = 256;

    /// <summary>Longest name kept, bytes; longer ones are cut.</summary>
    public const int NameBytesMax = 40;

    /// <summary>Where names beyond <see cref="NamesMax"/> are counted.</summary>
    public const string Other = "other";

    private readonly List<(byte[] Name, long Count)> _names = [];
    private long _others;

    /// <summary>Counts one message.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        name = name[..Math.Min(name.Length, NameBytesMax)];
        for (int index = 0; index < _names.Count; index++)
        {
            (byte[] known, long count) = _names[index];
            if (name.SequenceEqual(known))
            {
                _names[index] = (known, count + 1);
                return;
            }
        }

        if (_names.Count == NamesMax)
        {
            _others++;
            return;
        }

        _names.Add((name.ToArray(), 1));
    }

    /// <summary>All counts so far, in order of first appearance.</summary>
    public IReadOnlyDictionary<string, long> Snapshot()
    {
        Dictionary<string, long> counts = [];
        foreach ((byte[] name, long count) in _names)
        {
            string text = Encoding.UTF8.GetString(name);
            counts[text] = counts.GetValueOrDefault(text) + count;
        }

        if (_others > 0)
        {
            counts[Other] = counts.GetValueOrDefault(Other) + _others;
        }

        return counts;
    }
}
