using System.Text;
using System.Text.Json;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Streams;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary>A connection to the feed of Coinbase Exchange.</summary>
internal sealed class CoinbaseSession(CoinbaseServer venue, ClientConnection connection) : Session(venue, connection)
{
    private const long SubscribeWithinMs = 5000;
    private const string SignedTarget = "GET/users/self/verify";

    private static readonly string[] SignedChannels = ["full", "level2", "level3", "user"];

    private bool _hasSubscribed;

    public override void Tick(long nowMs)
    {
        base.Tick(nowMs);
        if (venue.Options.Limits && !_hasSubscribed && nowMs - OpenedAtMs > SubscribeWithinMs) Refuse("no subscription within 5 s");
    }

    protected override void Opened(long nowMs)
    {
    }

    protected override void Received(ReadOnlyMemory<byte> message, long nowMs)
    {
        using JsonDocument? json = Parse(message);
        if (json is null)
        {
            Error("Malformed JSON", null);
            return;
        }

        JsonElement root = json.RootElement;
        string? type = TextOf(root, "type");
        if (type is not ("subscribe" or "unsubscribe"))
        {
            Error("Type has to be either subscribe or unsubscribe", null);
            return;
        }

        List<(string Channel, string[] Products)> wanted = Wanted(root);
        if (wanted.Count == 0)
        {
            Error("Failed to subscribe", "no channels provided");
            return;
        }

        if (type == "subscribe") Subscribe(root, wanted, nowMs);
        else Unsubscribe(wanted);
    }

    /// <summary>A channel is a name, with the products of the request, or an object with its own.</summary>
    private static List<(string Channel, string[] Products)> Wanted(JsonElement root)
    {
        string[] common = [.. TextsOf(root, "product_ids")];
        List<(string, string[])> wanted = [];
        if (!root.TryGetProperty("channels", out JsonElement channels) || channels.ValueKind != JsonValueKind.Array) return wanted;

        foreach (JsonElement channel in channels.EnumerateArray())
        {
            if (channel.ValueKind == JsonValueKind.String) wanted.Add((channel.GetString()!, common));
            else if (TextOf(channel, "name") is { } name) wanted.Add((name, channel.TryGetProperty("product_ids", out _) ? [.. TextsOf(channel, "product_ids")] : common));
        }

        return wanted;
    }

    private void Subscribe(JsonElement root, List<(string Channel, string[] Products)> wanted, long nowMs)
    {
        if (venue.Options.CoinbaseCredentials is { } credentials && wanted.Exists(static channel => SignedChannels.Contains(channel.Channel))
            && CoinbaseSignature.Fault(
                credentials, (TextOf(root, "key"), TextOf(root, "signature"), TextOf(root, "timestamp"), TextOf(root, "passphrase")), SignedTarget, nowMs) is { } fault)
        {
            Error("Authentication Failed", fault);
            return;
        }

        List<MarketChannel> channels = [];
        foreach ((string name, string[] products) in wanted)
        {
            if (products.Length == 0)
            {
                Error("Failed to subscribe", $"{name} requires product_ids");
                return;
            }

            foreach (string product in products)
            {
                MarketChannel? channel = venue.Channel(name, product);
                if (channel is null)
                {
                    Error("Failed to subscribe", venue.Knows(product) ? $"{name} is not a valid channel" : $"{product} is not a valid product");
                    return;
                }

                if (Find(name, product) is null && !channels.Contains(channel)) channels.Add(channel);
            }
        }

        _hasSubscribed = true;
        Subscription[] added = [.. channels.Select(channel => Add(channel))];
        Acknowledge();
        foreach (Subscription subscription in added)
            subscription.Channel.Subscribed(subscription, nowMs);
    }

    /// <summary>Without products a channel is given up for all of them.</summary>
    private void Unsubscribe(List<(string Channel, string[] Products)> wanted)
    {
        foreach ((string name, string[] products) in wanted)
        {
            foreach (Subscription held in Subscriptions.FindAll(held => held.Channel.Name == name && (products.Length == 0 || products.Contains(held.Channel.Symbol))))
                Remove(held);
        }

        Acknowledge();
    }

    /// <summary>All subscriptions there are now.</summary>
    private void Acknowledge()
    {
        // A recording has them itself.
        if (venue.Recording?.HasControl == true) return;

        FrameText text = Text.Start().Add("{\"type\":\"subscriptions\",\"channels\":["u8);
        bool isFirst = true;
        foreach (IGrouping<string, Subscription> channel in Subscriptions.GroupBy(static held => held.Channel.Name))
        {
            text.Add(isFirst ? "{\"name\":\""u8 : ",{\"name\":\""u8).Add(channel.Key).Add("\",\"product_ids\":["u8)
                .Add(string.Join(',', channel.Select(static held => Quoted(held.Channel.Symbol)))).Add("],\"account_ids\":null}"u8);
            isFirst = false;
        }

        Send(text.Add("]}"u8));
    }

    private void Error(string message, string? reason) =>
        Send(Encoding.UTF8.GetBytes($"{{\"type\":\"error\",\"message\":{Quoted(message)}{(reason is null ? "" : $",\"reason\":{Quoted(reason)}")}}}"));
}
