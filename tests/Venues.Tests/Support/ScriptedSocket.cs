using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>The server's end of a WebSocket.</summary>
internal sealed class ScriptedSocket(WebSocket socket, string path)
{
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

    public string Path { get; } = path;

    /// <summary>The next message of the client.</summary>
    public async Task<string> ReceiveAsync() => await _received.Reader.ReadAsync().AsTask().WaitAsync(ScriptedVenue.Deadline);

    /// <summary>Ends when the client has closed.</summary>
    public Task Closed => _received.Reader.Completion.WaitAsync(ScriptedVenue.Deadline);

    /// <summary>Messages not taken yet.</summary>
    public int Waiting => _received.Reader.Count;

    public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task SendAsync(ReadOnlyMemory<byte> part, bool last) => socket.SendAsync(part, WebSocketMessageType.Text, last, CancellationToken.None).AsTask();

    public Task CloseAsync(string reason) => socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, reason, CancellationToken.None);

    public void Abort() => socket.Abort();

    internal async Task ReadAsync(CancellationToken aborted)
    {
        byte[] buffer = new byte[1 << 16];
        using MemoryStream message = new();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer.AsMemory(), aborted);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    if (socket.State == WebSocketState.CloseReceived)
                    {
                        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    }

                    break;
                }

                message.Write(buffer, 0, result.Count);
                if (result.EndOfMessage)
                {
                    _received.Writer.TryWrite(Encoding.UTF8.GetString(message.ToArray()));
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client has gone.
        }
        finally
        {
            _received.Writer.TryComplete();
        }
    }
}
