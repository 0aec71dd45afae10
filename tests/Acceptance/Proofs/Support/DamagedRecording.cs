using System.Globalization;
using System.Text;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>
/// Makes, from a seed, a recording in which frames are lost, repeated, out of order and cut short again and again, with snapshots of any age in
/// between; and knows what the book of the undamaged one was at each sequence.
/// </summary>
internal sealed class DamagedRecording
{
    private readonly RecordedFrame[] _frames;
    private readonly List<string?> _snapshots = [];

    public DamagedRecording(BinanceMarket market, string symbol, RecordedFrame[] frames)
    {
        _frames = frames;
        using EnginePipeline engine = EnginePipeline.InMemory(market, symbol);
        string symbolField = market == BinanceMarket.CoinM ? $"\"symbol\":\"{symbol}\"," : "";
        long last = Sequence.None;
        foreach (RecordedFrame frame in frames)
        {
            engine.Feed(frame);
            if (engine.Book is not { State: BookState.Live } book)
            {
                _snapshots.Add(null);
                continue;
            }

            if (book.LastSequence != last)
            {
                last = book.LastSequence;
                Digests[last] = book.Book.Digest;
                _snapshots.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"lastUpdateId\":{last},{symbolField}\"bids\":[{Rows(book.Book, Side.Bid)}],\"asks\":[{Rows(book.Book, Side.Ask)}]}}"));
            }
            else
            {
                _snapshots.Add(_snapshots[^1]);
            }
        }
    }

    /// <summary>Digest of the undamaged book by sequence.</summary>
    public Dictionary<long, Digest128> Digests { get; } = [];

    /// <summary>The damaged recording of a seed.</summary>
    public List<RecordedFrame> Damage(int seed)
    {
        var random = new Random(seed);
        RecordedFrame[] frames = _frames;
        List<RecordedFrame> damaged = [];
        for (int i = 0; i < frames.Length; i++)
        {
            // The first frames stay, so that every stream is known by name.
            switch (i < 10 ? 100 : random.Next(100))
            {
                case 0 or 1:
                    break;
                case 2 or 3:
                    damaged.Add(frames[i]);
                    damaged.Add(frames[i]);
                    break;
                case 4 when i + 1 < frames.Length:
                    damaged.Add(frames[i + 1]);
                    damaged.Add(frames[i]);
                    i++;
                    break;
                case 5:
                    int length = random.Next(1, frames[i].Bytes.Length);
                    damaged.Add(frames[i] with { Bytes = frames[i].Bytes[..length] });
                    break;
                default:
                    damaged.Add(frames[i]);
                    break;
            }

            // Some too old, some too new, some twice.
            if (random.Next(12) == 0 && SnapshotNear(i + random.Next(-40, 20), frames[Math.Min(i, frames.Length - 1)].ReceivedAtNs) is { } snapshot)
            {
                damaged.Add(snapshot);
            }
        }

        return damaged;
    }

    /// <summary>A REST answer with the book behind a frame; null where there was none.</summary>
    private RecordedFrame? SnapshotNear(int frame, long receivedAtNs) =>
        _snapshots[Math.Clamp(frame, 0, _snapshots.Count - 1)] is { } text ? new RecordedFrame(Encoding.UTF8.GetBytes(text), receivedAtNs) : null;

    private static string Rows(L2Book book, Side side) =>
        string.Join(',', book.ToArray(side).Select(level => $"[\"{book.PriceOf(level)}\",\"{book.QuantityOf(level)}\"]"));
}
