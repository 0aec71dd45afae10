using System.Text;
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

    /// <summary>Whether the last frame was JSON at all.</summary>
    public bool IsJson { get; private set; }

    /// <summary>
    /// Whether the meaning of the next frames hangs on rejected ones too. Bitfinex with bulk updates: whether a list of rows is a whole book depends on whether one
    /// came before, and a rejected frame may have been it.
    /// </summary>
    public virtual bool DependsOnRejected => false;

    /// <summary>The schema of a venue.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="defaultSymbol">Symbol of REST books that name none; null = such books are rejected.</param>
    public static VenueSchema Create(Venue venue, string? defaultSymbol) => venue switch
    {
        Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM => new BinanceSchema(venue, defaultSymbol),
        Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse => new BybitSchema(venue),
        Venue.Okx => new OkxSchema(defaultSymbol),
        Venue.Bitfinex => new BitfinexSchema(),
        Venue.Coinbase => new CoinbaseSchema(defaultSymbol),
        Venue.CoinbaseAdvanced => new CoinbaseAdvancedSchema(),
        _ => throw new ArgumentOutOfRangeException(nameof(venue), venue, "no schema"),
    };

    /// <summary>Judges a frame.</summary>
    /// <param name="frame">Its bytes.</param>
    /// <param name="symbol">What the recording says it is of (REST answers); null = nothing.</param>
    public SchemaVerdict Judge(byte[] frame, string? symbol)
    {
        Fault.Clear();
        IsJson = false;
        if (frame.Length > Frame.BytesMax)
        {
            return Reject("longer than a frame may be");
        }

        if (IsSignOfLife(frame))
        {
            return SchemaVerdict.Other;
        }

        IsJson = _tape.TryRead(frame);
        return IsJson ? JudgeRoot(_tape.Root, symbol) : Reject(_tape.Fault);
    }

    /// <summary>Judges a frame that is JSON.</summary>
    protected abstract SchemaVerdict JudgeRoot(JsonNode root, string? symbol);

    /// <summary>Whether the frame is a sign of life that is no JSON.</summary>
    protected virtual bool IsSignOfLife(ReadOnlySpan<byte> frame) => false;

    /// <summary>Something that is not read, with a remark.</summary>
    protected SchemaVerdict Other(string remark)
    {
        Fault.Note(remark);
        return SchemaVerdict.Other;
    }

    /// <summary>Other where <paramref name="fits"/>, else reject.</summary>
    protected static SchemaVerdict OtherIf(bool fits) => fits ? SchemaVerdict.Other : SchemaVerdict.Reject;

    /// <summary>The value of a key that is there.</summary>
    protected static JsonNode Of(JsonNode root, ReadOnlySpan<byte> name) =>
        root.Has(name, out JsonNode value) ? value : throw new InvalidOperationException("a key that was required");

    /// <summary>The text of a key; null = it is not there, or no text.</summary>
    protected static string? TextOf(JsonNode root, ReadOnlySpan<byte> name) =>
        root.Has(name, out JsonNode value) && value.IsString ? Encoding.UTF8.GetString(value.Text) : null;

    /// <summary>A word that says what a frame is: there once, a text, not empty, not longer than names that are counted.</summary>
    protected bool FitsWord(JsonNode root, string name)
    {
        const int WordBytesMax = 81;
        return Fits(root, Shapes.Object(Member.Must(name, Shapes.Text)))
            && (Of(root, Encoding.UTF8.GetBytes(name)) is { Text.Length: > 0 and <= WordBytesMax } || Fault.Note($"an empty or endless {name}"));
    }

    /// <summary>Price 0 stands for an empty side, and then there is no quantity either.</summary>
    protected bool FitsQuote(JsonNode price, JsonNode quantity) => !Shapes.IsZero(price.Raw) || Shapes.IsZero(quantity.Raw) || Fault.Expected("a price", price);

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
