using System.Text;
using System.Text.Json;
using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Schemas;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>
/// The frames of a source: the beginning of its recording, which is played in order, and samples of every form of frame in all its files, from which
/// those are drawn that are damaged. Forms are equally likely, however often they occur.
/// </summary>
public sealed class FramePool
{
    // Of one form: enough to meet its variants.
    private const int SamplesMax = 24;

    // A longer frame costs as much as many others, and damage to it is mostly damage to one of its rows: it is drawn that much more rarely.
    private const int LongFrameBytes = 8_192;

    // Bitfinex' events change what all arrays behind them mean, until nothing is known of any: they are drawn that much more rarely too.
    private const int EventsLeftOut = 20;

    private readonly List<RecordedFrame[]> _forms = [];

    private FramePool(FuzzSource source, RecordedFrame[] opening)
    {
        Source = source;
        Opening = opening;
    }

    /// <summary>Where the frames come from.</summary>
    public FuzzSource Source { get; }

    /// <summary>Frames from the beginning of the recording, in order.</summary>
    public IReadOnlyList<RecordedFrame> Opening { get; }

    /// <summary>How many frames of <see cref="Opening"/> it takes until every book that it brings to life is alive.</summary>
    public int LiveAfter { get; private set; }

    /// <summary>Forms of frames.</summary>
    public int Forms => _forms.Count;

    /// <summary>Reads a source. Null = its recording is not at hand.</summary>
    /// <param name="source">What to read.</param>
    /// <param name="openingMax">Most frames of <see cref="Opening"/>.</param>
    /// <param name="committedOnly">Only recordings of the repository.</param>
    public static FramePool? Load(FuzzSource source, int openingMax, bool committedOnly)
    {
        if (FuzzFiles.Find(source.Recording, committedOnly) is not { } recording)
        {
            return null;
        }

        RecordedFrame[] frames = [.. RecordingReader.Read(recording).Take(20_000)];
        var pool = new FramePool(source, frames[..Math.Min(frames.Length, openingMax)]);
        string? more = source.More is null ? null : FuzzFiles.Find(source.More, committedOnly);
        Dictionary<string, List<RecordedFrame>> forms = [];
        var tape = new JsonTape();
        foreach (RecordedFrame frame in more is null ? frames : frames.Concat(RecordingReader.Read(more)))
        {
            string form = tape.TryRead(frame.Bytes.ToArray()) ? FormOf(tape.Root) : "text";
            if (!forms.TryGetValue(form, out List<RecordedFrame>? samples))
            {
                forms[form] = samples = [];
            }

            if (samples.Count < SamplesMax)
            {
                samples.Add(frame);
            }
        }

        pool._forms.AddRange(forms.Values.Select(static samples => samples.ToArray()));
        pool.LiveAfter = pool.FindLiveAfter();
        return pool;
    }

    private int FindLiveAfter()
    {
        using var engine = new FuzzEngine(Source.Venue, Source.Symbol);
        int most = 0;
        int after = Math.Min(Opening.Count, 1);
        for (int at = 0; at < Opening.Count; at++)
        {
            engine.Take(Opening[at].Bytes.ToArray(), Opening[at], out _);
            int live = engine.Books.Count(static book => book.State == BookState.Live);
            (most, after) = live > most ? (live, at + 1) : (most, after);
        }

        return after;
    }

    /// <summary>Draws a frame.</summary>
    public RecordedFrame Draw(Random random)
    {
        for (int draw = 0; ; draw++)
        {
            RecordedFrame[] form = _forms[random.Next(_forms.Count)];
            RecordedFrame frame = form[random.Next(form.Length)];
            if (Source.Venue == Venue.Bitfinex && frame.Bytes.Span[0] == (byte)'{' && random.Next(EventsLeftOut) != 0)
            {
                continue;
            }

            if (frame.Bytes.Length <= LongFrameBytes || draw >= 16 || random.Next(frame.Bytes.Length) < LongFrameBytes)
            {
                return frame;
            }
        }
    }

    // Keys and types down to the first element of each array, and the words that say what a frame is.
    private static string FormOf(JsonNode root)
    {
        var form = new StringBuilder();
        Append(form, root, 0);
        return form.ToString();
    }

    private static void Append(StringBuilder form, JsonNode node, int depth)
    {
        const int DepthMax = 4;
        switch (node.Kind)
        {
            case JsonTokenType.StartObject when depth < DepthMax:
                foreach (JsonNode key in node.Items)
                {
                    form.Append(Encoding.UTF8.GetString(key.Text)).Append(':');
                    if (key.Value.IsString && IsTelling(key.Text))
                    {
                        form.Append(Encoding.UTF8.GetString(key.Value.Text));
                    }

                    Append(form, key.Value, depth + 1);
                }

                break;
            case JsonTokenType.StartArray when depth < DepthMax:
                // Up to the text that tells what a row of Bitfinex is, and whether there is more.
                int at = 0;
                foreach (JsonNode item in node.Items)
                {
                    if (at++ < 3 && depth == 0)
                    {
                        form.Append(item.IsString ? Encoding.UTF8.GetString(item.Text) : "");
                        Append(form, item, depth + 1);
                    }
                }

                form.Append('[').Append(Math.Min(at, 6)).Append(']');
                if (at > 0 && depth > 0)
                {
                    Append(form, node[0], depth + 1);
                }

                break;
            default:
                form.Append((int)node.Kind);
                break;
        }
    }

    private static bool IsTelling(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("e"u8) || key.SequenceEqual("type"u8) || key.SequenceEqual("event"u8) || key.SequenceEqual("op"u8) || key.SequenceEqual("channel"u8)
        || key.SequenceEqual("action"u8) || key.SequenceEqual("reason"u8);
}
