using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Recorded;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Hosting;

/// <summary>One client's connection as the venue sees it: what it says and has subscribed to. All methods are called under the venue's gate.</summary>
internal abstract class Session(VenueServer venue, ClientConnection connection)
{
    private const long MessageWindowMs = 1000;

    private readonly RateLimit _messages = new(venue.MessagesPerSecondMax, MessageWindowMs);
    private RecordedPlayer? _player;

    public List<Subscription> Subscriptions { get; } = [];

    public Lock Gate => venue.Gate;

    public int Backlog => connection.Backlog;

    public long OpenedAtMs { get; private set; }

    /// <summary>When the client last sent something, Unix ms.</summary>
    public long LastReceivedMs { get; private set; }

    /// <summary>When something was last sent to the client, Unix ms.</summary>
    public long LastSentMs { get; private set; }

    protected FrameText Text => venue.Text;

    /// <summary>The connection is open.</summary>
    public void Open(long nowMs)
    {
        OpenedAtMs = LastReceivedMs = LastSentMs = nowMs;
        Opened(nowMs);
    }

    /// <summary>A message of the client's.</summary>
    public void Receive(ReadOnlyMemory<byte> message, long nowMs)
    {
        LastReceivedMs = nowMs;
        if (venue.Options.Limits && !_messages.Use(1, nowMs))
        {
            Refuse("Too many requests");
            return;
        }

        Received(message, nowMs);
    }

    /// <summary>Several times a second.</summary>
    public virtual void Tick(long nowMs)
    {
        if (venue.Options.ConnectionAgeMax is { } age && nowMs - OpenedAtMs > age.TotalMilliseconds) AgeReached();
    }

    public void Send(byte[] frame)
    {
        LastSentMs = venue.NowMs;
        if (connection.Send(frame)) venue.CountSent();
    }

    /// <summary>A frame of a recording. By the player's thread.</summary>
    public virtual void SendRecorded(RecordedFrame frame) => Send(frame.Text);

    public void Send(FrameText text) => Send(text.ToArray());

    public void Close(WebSocketCloseStatus status, string reason) => connection.Close(status, reason);

    /// <summary>The connection is gone.</summary>
    public void Closed()
    {
        foreach (Subscription subscription in Subscriptions)
            subscription.Channel.Subscriptions.Remove(subscription);

        Subscriptions.Clear();
        _player?.End();
    }

    protected abstract void Opened(long nowMs);

    protected abstract void Received(ReadOnlyMemory<byte> message, long nowMs);

    /// <summary>The connection has lived as long as the venue lets it.</summary>
    protected virtual void AgeReached() => Close(WebSocketCloseStatus.NormalClosure, "");

    /// <summary>Closes because a limit was exceeded.</summary>
    protected void Refuse(string reason)
    {
        venue.CountLimit();
        Close(WebSocketCloseStatus.PolicyViolation, reason);
    }

    /// <summary>Adds a subscription; the acknowledgement comes first, then <see cref="MarketChannel.Subscribed"/>.</summary>
    protected Subscription Add(MarketChannel channel, int id = 0)
    {
        var book = channel as BookChannel;
        var subscription = new Subscription(this, channel, id)
        {
            FirstOrdinal = book is null ? 0 : book.Truth.Count - 1,
            Numbers = book?.Numbering == Numbering.Connection ? new Truth.ConnectionNumbers(venue.Options.TruthKept) : null,
            LastSentMs = venue.NowMs,
        };
        Subscriptions.Add(subscription);
        channel.Subscriptions.Add(subscription);
        if (venue.Recording is { } recording)
        {
            _player ??= new RecordedPlayer(recording, this, venue.Options.Speed);
            _player.Want(channel.Name, channel.Symbol);
        }

        venue.Latest[(channel.Name, channel.Symbol)] = subscription;
        return subscription;
    }

    protected void Remove(Subscription subscription)
    {
        Subscriptions.Remove(subscription);
        subscription.Channel.Subscriptions.Remove(subscription);
        _player?.Leave(subscription.Channel.Name, subscription.Channel.Symbol);
    }

    protected Subscription? Find(string channel, string symbol) =>
        Subscriptions.Find(held => held.Channel.Name == channel && held.Channel.Symbol == symbol);

    /// <summary>Reads JSON; null when it is none.</summary>
    protected static JsonDocument? Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            return JsonDocument.Parse(message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text of an object, or null.</summary>
    protected static string? TextOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The texts of an array; nothing where it is none.</summary>
    protected static IEnumerable<string> TextsOf(JsonElement item, string name)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array) return [];

        return [.. list.EnumerateArray().Where(static entry => entry.ValueKind == JsonValueKind.String).Select(static entry => entry.GetString()!)];
    }

    /// <summary>As JSON, quotes and all: for what the client sent and the venue repeats.</summary>
    protected static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    protected static string AsText(ReadOnlyMemory<byte> message) => Encoding.UTF8.GetString(message.Span);
}
