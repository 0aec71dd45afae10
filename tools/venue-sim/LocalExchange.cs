using System.Net;
using System.Net.WebSockets;
using Lob.Fast.VenueSim.Hosting;
using Lob.Fast.VenueSim.Recorded;
using Lob.Fast.VenueSim.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lob.Fast.VenueSim;

/// <summary>
/// The public WebSocket and REST endpoints of the venues on loopback, one port a venue: a client needs nothing but other hosts. What it has sent it also knows as a
/// book with a digest, for comparison with what a client made of it.
/// </summary>
public sealed class LocalExchange : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly IReadOnlyList<VenueServer> _venues;
    private readonly CancellationTokenSource _ended = new();
    private readonly TemporaryCertificate? _certificate;
    private readonly LocalExchangeOptions _options;
    private Task _running = Task.CompletedTask;

    private LocalExchange(LocalExchangeOptions options)
    {
        _options = options;
        _venues = [.. (options.Venues.Count > 0 ? options.Venues : VenueNames.All).Select(venue => VenueServers.Create(venue, options))];
        _certificate = options.Tls ? new TemporaryCertificate() : null;

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (options.Tls) builder.WebHost.UseKestrelHttpsConfiguration();
        var ports = new ListenOptions[_venues.Count];
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, ports));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(HandleAsync);
        Ports = ports;
    }

    /// <summary>Where each venue is found, by its name.</summary>
    public IReadOnlyDictionary<string, VenueEndpoint> Endpoints { get; private set; } = new Dictionary<string, VenueEndpoint>();

    /// <summary>What it is doing. Any thread.</summary>
    public LocalExchangeStatus Status => new([.. _venues.Select(static venue => venue.Status())]);

    private ListenOptions[] Ports { get; }

    /// <summary>Starts listening.</summary>
    /// <exception cref="ArgumentException">An unknown venue.</exception>
    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<LocalExchange> StartAsync(LocalExchangeOptions options, CancellationToken cancellation = default)
    {
        var exchange = new LocalExchange(options);
        try
        {
            await exchange.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await exchange.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return exchange;
    }

    /// <summary>
    /// How the book of a channel stood after the message with the number <paramref name="n"/>, or after the last one whose number is not above it: the venue's own
    /// number where messages have one (Binance <c>u</c>, Bybit <c>u</c>, OKX <c>seqId</c>, Coinbase full <c>sequence</c>), the connection's number where it counts
    /// (Bitfinex, Advanced Trade), else the message's place in the subscription, from 1. The latter two are of the latest subscription. <see cref="long.MaxValue"/>
    /// asks for the latest. Null where it is not known. Any thread.
    /// </summary>
    public TrueBook? Truth(string venue, string channel, string symbol, long n) =>
        _venues.FirstOrDefault(served => served.Name == venue)?.TruthOf(channel, symbol, n);

    /// <summary>Closes all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _application.DisposeAsync().ConfigureAwait(false);
        _certificate?.Dispose();
        _ended.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        await _application.StartAsync(cancellation).ConfigureAwait(false);
        string secure = _options.Tls ? "s" : "";
        Endpoints = _venues.Zip(Ports).ToDictionary(
            static pair => pair.First.Name,
            pair => new VenueEndpoint(
                new Uri($"ws{secure}://127.0.0.1:{pair.Second.IPEndPoint!.Port}"),
                new Uri($"http{secure}://127.0.0.1:{pair.Second.IPEndPoint!.Port}"),
                _certificate?.PemPath));
        _running = Task.WhenAll(_venues.Select(venue => Task.Run(() => venue.RunAsync(_ended.Token), CancellationToken.None)));
    }

    private void Listen(KestrelServerOptions kestrel, ListenOptions[] ports)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        for (int i = 0; i < ports.Length; i++)
        {
            int index = i;
            VenueServer venue = _venues[i];
            kestrel.Listen(IPAddress.Loopback, _options.Port == 0 ? 0 : _options.Port + i, listen =>
            {
                ports[index] = listen;
                listen.Protocols = HttpProtocols.Http1;
                if (_certificate is not null) listen.UseHttps(_certificate.Certificate);
                listen.Use(next => connection =>
                {
                    connection.Features.Set(venue);
                    return next(connection);
                });
            });
        }
    }

    private Task HandleAsync(HttpContext context)
    {
        VenueServer venue = context.Features.Get<VenueServer>()!;
        return context.WebSockets.IsWebSocketRequest ? HandleSocketAsync(venue, context) : HandleRestAsync(venue, context);
    }

    private async Task HandleSocketAsync(VenueServer venue, HttpContext context)
    {
        if (!venue.HasSocket(context.Request.Path.Value ?? "/"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var accept = new WebSocketAcceptContext { KeepAliveInterval = Timeout.InfiniteTimeSpan };
        if (venue.Pings is { } pings) (accept.KeepAliveInterval, accept.KeepAliveTimeout) = pings;

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(accept).ConfigureAwait(false);
        await venue.ServeAsync(new ClientConnection(socket), context.Request, _ended.Token).ConfigureAwait(false);
    }

    /// <summary>The answer that a recording has, at its moment; a book that it does not have is not found.</summary>
    private static async Task<RestAnswer?> RecordedAnswerAsync(VenueServer venue, RestRequest request, CancellationToken cancellation)
    {
        if (venue.Recording is not { } recording) return null;

        var asked = RecordedRequest.Of(request);
        byte[]? body = await recording.AnswerAsync(asked, cancellation).ConfigureAwait(false)
            ?? await recording.AnswerAsync(asked with { Symbol = "" }, cancellation).ConfigureAwait(false);
        if (body is null) return asked.IsBook ? RestAnswer.NotFound : null;

        venue.CountAnswer();
        return new RestAnswer(body);
    }

    private async Task HandleRestAsync(VenueServer venue, HttpContext context)
    {
        var request = new RestRequest(context.Request);
        RestAnswer? answer = SimRequests.Answer(venue, request) ?? await RecordedAnswerAsync(venue, request, context.RequestAborted).ConfigureAwait(false);
        if (answer is null)
        {
            lock (venue.Gate)
            {
                answer = venue.Answer(request, venue.NowMs);
            }

            venue.CountAnswer();
            if (_options.RestDelay > TimeSpan.Zero) await Task.Delay(_options.RestDelay, context.RequestAborted).ConfigureAwait(false);
        }

        answer ??= RestAnswer.NotFound;
        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        response.ContentLength = answer.Body.Length;
        foreach ((string name, string value) in answer.Headers)
            response.Headers[name] = value;

        await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
