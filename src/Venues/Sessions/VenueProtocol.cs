using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Venues.Sessions;

/// <summary>
/// What is a venue's own: where to connect, how to ask, how to read what is not data. It holds no state of a connection, and its methods may be called by any
/// thread, unless they say otherwise.
/// </summary>
internal abstract class VenueProtocol
{
    /// <summary>Names and signatures are written as they are, not as \u002B.</summary>
    protected static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The venue.</summary>
    public abstract Venue Venue { get; }

    /// <summary>Hosts, limits, rhythms.</summary>
    public abstract VenueDefaults Defaults { get; }

    /// <summary>The book channel for so many levels; refuses a depth the venue does not offer.</summary>
    /// <exception cref="FeedException">The depth is not offered.</exception>
    public abstract string BookChannel(int? depth);

    /// <summary>One stream. Refuses a channel that does not exist.</summary>
    /// <exception cref="FeedException">The channel is unknown, or cannot be had like this.</exception>
    public abstract FeedStream Stream(string symbol, string channel);

    /// <summary>Streams that a connection with these ones needs besides: heartbeats.</summary>
    public virtual IEnumerable<FeedStream> Added(IReadOnlyList<FeedStream> streams) => [];

    /// <summary>Streams of different routes are on different connections; it names them in logs. Empty where there is only one.</summary>
    public virtual string Route(FeedStream stream) => "";

    /// <summary>The path (and query) of a route.</summary>
    public abstract string Path(string route);

    /// <summary>A symbol as streams and journal spell it.</summary>
    public virtual string SymbolOf(string symbol) => symbol;

    /// <summary>A channel as the journal spells it, where that differs from what is subscribed.</summary>
    public virtual string JournalChannel(string channel) => channel;

    /// <summary>A frame to send before any subscription; false = none.</summary>
    public virtual bool WriteGreeting(IBufferWriter<byte> frame) => false;

    /// <summary>Streams that may stand in one request with this one.</summary>
    public virtual bool MayShareRequest(FeedStream first, FeedStream other) => true;

    /// <summary>The request that subscribes these streams.</summary>
    public abstract void WriteSubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request);

    /// <summary>The request that ends them.</summary>
    public abstract void WriteUnsubscribe(IBufferWriter<byte> frame, IReadOnlyList<FeedStream> streams, long request);

    /// <summary>The venue's ping.</summary>
    public virtual void WritePing(IBufferWriter<byte> frame, long request) => throw new InvalidOperationException($"{Venue.ToName()} has no ping");

    /// <summary>Whether a frame may be anything but data. Asked for each frame: looks at its first bytes only.</summary>
    public abstract bool MayBeControl(ReadOnlySpan<byte> frame);

    /// <summary>Reads such a frame. What is no valid JSON says nothing to the session; the decoder will reject it.</summary>
    public void ReadControl(ReadOnlySpan<byte> frame, ControlFrame control)
    {
        control.Clear();
        try
        {
            Read(frame, control);
        }
        catch (JsonException)
        {
            control.Clear();
        }
        catch (InvalidOperationException)
        {
            // A value of another type than expected: not a frame of those we know.
            control.Clear();
        }
    }

    /// <summary>Unknown symbols are acknowledged, and nothing ever comes on them.</summary>
    public virtual bool IsSilentAboutUnknown => false;

    /// <summary>Whether a data frame belongs to this stream. Only asked while the stream's first frames are awaited.</summary>
    public virtual bool IsOf(ReadOnlySpan<byte> frame, FeedStream stream) => false;

    /// <summary>Whether a stream's first data frame is a change to a book that has not come (<see cref="BookSource.StreamOrRest"/>).</summary>
    public virtual bool IsChange(ReadOnlySpan<byte> frame) => false;

    /// <summary>What a refusal may be about, and what is allowed: one sentence behind the venue's own words.</summary>
    public abstract string Advice { get; }

    /// <summary>Reads a frame; throws what the JSON reader throws.</summary>
    protected abstract void Read(ReadOnlySpan<byte> frame, ControlFrame control);

    /// <summary>A channel that does not exist.</summary>
    protected static FeedException UnknownChannel(Venue venue, string channel, string allowed) =>
        new($"{venue.ToName()} has no channel '{channel}': {allowed}");

    /// <summary>A depth that is not offered.</summary>
    protected static FeedException UnknownDepth(Venue venue, int depth, string allowed) =>
        new($"{venue.ToName()} does not offer a depth of {depth}: {allowed}");
}
