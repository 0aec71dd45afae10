using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Lob.Fast.VenueSim.Tests.Support;

/// <summary>A plain WebSocket client; everything it waits for has a deadline.</summary>
internal sealed class SimClient : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private byte[] _buffer = new byte[1 << 16];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<SimClient> ConnectAsync(VenueEndpoint endpoint, string path)
    {
        var client = new SimClient();
        client._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var deadline = new CancellationTokenSource(Deadline);
        await client._socket.ConnectAsync(new Uri(endpoint.WebSocket, path), deadline.Token);
        return client;
    }

    public async Task SendAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
    }

    /// <summary>The next message, or null when the venue has closed the connection.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        int length = 0;
        while (true)
        {
            if (length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(_buffer.AsMemory(length), deadline.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;

            length += part.Count;
            if (part.EndOfMessage) return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    public async Task<JsonElement> ReceiveAsync()
    {
        string text = await ReceiveTextAsync() ?? throw new InvalidOperationException($"closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
        using JsonDocument json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <summary>The next message for which this holds; others are passed over.</summary>
    public async Task<JsonElement> ReceiveAsync(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            JsonElement message = await ReceiveAsync();
            if (wanted(message)) return message;
        }
    }

    /// <summary>Reads on until the venue closes the connection.</summary>
    public async Task UntilClosedAsync()
    {
        while (await ReceiveTextAsync() is not null)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
