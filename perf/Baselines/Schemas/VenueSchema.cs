using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>
/// A strict check of the frames of one venue, written from the venue's documents and sharing nothing with the codecs: what is market data as the venue
/// writes it, what is something else, and what must be rejected. Frames are judged in the order of their connection; a rejected one changes nothing.
/// </summary>
public abstract class VenueSchema
{
    private readonly JsonTape _tape = new();

    /// <summary>Why the last frame was rejected; for reports.</summary>
    public SchemaFault Fault { get; } = new();

    /// <summary>The schema of a venue.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="defaultSymbol">Symbol of REST books that name none; null = such books are rejected.</param>
    public static VenueSchema Create(Venue venue, string? defaultSymbol) => venue switch
    {
        Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM => new BinanceSchema(venue, defaultSymbol),
        _ => throw new ArgumentOutOfRangeException(nameof(venue), venue, "no schema"),
    };

    /// <summary>Judges a frame.</summary>
    /// <param name="frame">Its bytes.</param>
    /// <param name="symbol">What the recording says it is of (REST answers); null = nothing.</param>
    public SchemaVerdict Judge(byte[] frame, string? symbol)
    {
        Fault.Clear();
        if (frame.Length > Frame.BytesMax)
        {
            return Reject("longer than a frame may be");
        }

        return _tape.TryRead(frame) ? JudgeRoot(_tape.Root, symbol) : Reject(_tape.Fault);
    }

    /// <summary>Judges a frame that is JSON.</summary>
    protected abstract SchemaVerdict JudgeRoot(JsonNode root, string? symbol);

    /// <summary>Accept where <paramref name="fits"/>, else reject.</summary>
    protected static SchemaVerdict AcceptIf(bool fits) => fits ? SchemaVerdict.Accept : SchemaVerdict.Reject;

    /// <summary>Rejects, for this reason.</summary>
    protected SchemaVerdict Reject(string why)
    {
        Fault.Note(why);
        return SchemaVerdict.Reject;
    }

    /// <summary>Whether the value fits the shape; <see cref="Fault"/> says why not.</summary>
    protected bool Fits(JsonNode value, Shape shape) => shape(value, Fault);

    /// <summary>Whether the two integers, which fit their shapes, stand in order.</summary>
    protected bool InOrder(JsonNode first, JsonNode last)
    {
        Shapes.IsInteger(first.Raw, out long from);
        Shapes.IsInteger(last.Raw, out long to);
        return from <= to || Fault.Expected("a first id not above the last", first);
    }
}
