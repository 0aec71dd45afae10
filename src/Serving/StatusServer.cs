using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lob.Fast.Serving;

/// <summary>
/// <c>/metrics</c> (Prometheus text, version 0.0.4), <c>/health</c> (200 or 503, with the reason) and <c>/status</c> (JSON) of a running engine. It only reads: there is nothing
/// here that changes state, and so nothing that needs a token.
/// </summary>
public sealed class StatusServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StatusServer(WebApplication application, IPEndPoint endPoint)
    {
        _application = application;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts listening.</summary>
    /// <param name="endPoint">Address and port; port 0 = any free one.</param>
    /// <param name="metrics">Gives the metrics, called for each request on any thread.</param>
    /// <param name="health">Null = well, else what is wrong.</param>
    /// <param name="status">Gives the status as JSON.</param>
    /// <exception cref="IOException">The port is in use, or the address is not this machine's.</exception>
    public static async Task<StatusServer> StartAsync(IPEndPoint endPoint, Func<string> metrics, Func<string?> health, Func<string> status)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(endPoint));
        _ = builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        application.Run(context => AnswerAsync(context, metrics, health, status));
        try
        {
            await application.StartAsync();
        }
        catch (IOException error)
        {
            await application.DisposeAsync();
            throw new IOException($"nothing can listen on {endPoint}: {error.InnerException?.Message ?? error.Message} Name another port.", error);
        }

        var address = new Uri(application.Urls.First());
        return new StatusServer(application, new IPEndPoint(endPoint.Address, address.Port));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static Task AnswerAsync(HttpContext context, Func<string> metrics, Func<string?> health, Func<string> status)
    {
        HttpResponse response = context.Response;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return response.WriteAsync("only GET is answered here\n");
        }

        switch (context.Request.Path.Value)
        {
            case "/metrics":
                response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                return response.WriteAsync(metrics());
            case "/health":
                string? fault = health();
                response.ContentType = "text/plain; charset=utf-8";
                response.StatusCode = fault == null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
                return response.WriteAsync((fault ?? "ok") + "\n");
            case "/status":
                response.ContentType = "application/json; charset=utf-8";
                return response.WriteAsync(status());
            default:
                response.StatusCode = StatusCodes.Status404NotFound;
                response.ContentType = "text/plain; charset=utf-8";
                return response.WriteAsync("there is /metrics, /health and /status\n");
        }
    }
}
