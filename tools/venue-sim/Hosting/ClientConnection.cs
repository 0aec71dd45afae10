using System.Net.WebSockets;
using System.Threading.Channels;

namespace Lob.Fast.VenueSim.Hosting;

/// <summary>One WebSocket to a client: what is to be sent waits in a queue and is written by one task, in order.</summary>
internal sealed class ClientConnection(WebSocket socket)
{
    /// <summary>A client that is this many frames behind is cut off, as the venues do with slow readers.</summary>
    private const int BacklogMax = 400_000;

    private const int MessageBytesMax = 1 << 20;

    private static readonly UnboundedChannelOptions OneReader = new() { SingleReader = true };

    private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>(OneReader);
    private int _backlog;
    private WebSocketCloseStatus _closeStatus = WebSocketCloseStatus.NormalClosure;
    private string _closeReason = "";

    /// <summary>Frames that wait to be written.</summary>
    public int Backlog => Volatile.Read(ref _backlog);

    /// <summary>Puts a frame behind the others. Any thread; false when the connection is closing.</summary>
    public bool Send(byte[] frame)
    {
        if (!_queue.Writer.TryWrite(frame)) return false;

        if (Interlocked.Increment(ref _backlog) > BacklogMax) Close(WebSocketCloseStatus.PolicyViolation, "slow reader");
        return true;
    }

    /// <summary>Says goodbye behind what is queued.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        if (_queue.Writer.TryComplete()) (_closeStatus, _closeReason) = (status, reason);
    }

    /// <summary>Reads messages until the client goes or <paramref name="cancellation"/> ends it, and writes what is queued meanwhile.</summary>
    /// <param name="received">Gets each message; not kept beyond the call.</param>
    /// <param name="cancellation">Ends it without a goodbye.</param>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>> received, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task writing = WriteAsync(ended.Token);
        try
        {
            await ReadAsync(received, ended.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone; there is nobody to tell.
        }

        Close(WebSocketCloseStatus.NormalClosure, "");
        await writing.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.CancelAsync().ConfigureAwait(false);
        await writing.ConfigureAwait(false);
    }

    private async Task ReadAsync(Action<ReadOnlyMemory<byte>> received, CancellationToken cancellation)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return;

            length += part.Count;
            if (length > MessageBytesMax)
            {
                Close(WebSocketCloseStatus.MessageTooBig, "Message too big");
                return;
            }

            if (!part.EndOfMessage) continue;

            received(buffer.AsMemory(0, length));
            length = 0;
        }
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
            {
                while (_queue.Reader.TryRead(out byte[]? frame))
                {
                    await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
                    Interlocked.Decrement(ref _backlog);
                }
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(_closeStatus, _closeReason, cancellation).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            _queue.Writer.TryComplete();
        }
    }
}
