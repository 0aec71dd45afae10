using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>A server on this machine that does what a test says: hands over each WebSocket that is opened, answers REST by a function.</summary>
internal sealed class ScriptedVenue : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ScriptedSocket> _sockets = Channel.CreateUnbounded<ScriptedSocket>();

    private ScriptedVenue(WebApplication app) => _app = app;

    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(20);

    public Uri WebSocket { get; private set; } = null!;

    public Uri Rest { get; private set; } = null!;

    /// <summary>Paths and queries asked by REST, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>The answer of REST.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = static context =>
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    };

    /// <summary>Status to turn WebSockets away with; 0 = let them in.</summary>
    public int TurnAway { get; set; }

    public static async Task<ScriptedVenue> StartAsync(X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        WebApplication app = builder.Build();
        ScriptedVenue venue = new(app);
        app.UseWebSockets();
        app.Run(venue.ServeAsync);
        await app.StartAsync();
        var port = new Uri(app.Urls.First()).Port;
        string secure = certificate is null ? "" : "s";
        string host = certificate is null ? "127.0.0.1" : "localhost";
        venue.WebSocket = new Uri($"ws{secure}://{host}:{port}");
        venue.Rest = new Uri($"http{secure}://{host}:{port}");
        return venue;
    }

    /// <summary>The next WebSocket that is opened.</summary>
    public async Task<ScriptedSocket> AcceptAsync() => await _sockets.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

    /// <summary>Whether one was opened that nobody took.</summary>
    public bool HasSocket => _sockets.Reader.Count > 0;

    public static Task Json(HttpContext context, string body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        _sockets.Writer.TryComplete();
        while (_sockets.Reader.TryRead(out ScriptedSocket? socket))
        {
            socket.Abort();
        }

        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        string path = context.Request.Path + context.Request.QueryString;
        if (!context.WebSockets.IsWebSocketRequest)
        {
            Asked.Enqueue(path);
            await Answer(context);
            return;
        }

        if (TurnAway != 0)
        {
            context.Response.StatusCode = TurnAway;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        ScriptedSocket scripted = new(socket, path);
        _sockets.Writer.TryWrite(scripted);
        await scripted.ReadAsync(context.RequestAborted);
    }
}
