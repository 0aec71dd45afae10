using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Lob.Fast.Venues.Tests;

/// <summary>
/// Bytes allocated for each message between socket and ring, the socket library's included: everything the process allocates is counted, but for
/// the thread that plays the server.
/// </summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Messages = 100;
    private const int Rounds = 40;
    private const int WarmUp = 1_000;

    // Timers, the thread pool and the test host now and then: a message costs less than one byte, or it costs at least the 24 of an object.
    private const double BytesMax = 1;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_message_costs_no_allocation_in_a_row_or_one_by_one_in_the_open_or_by_TLS(bool isOneByOne, bool isTls)
    {
        double bytes = await MeasureAsync(isOneByOne, isTls, plants: false);
        output.WriteLine($"one by one {isOneByOne}, TLS {isTls}: {bytes:0.000} bytes a message");
        Assert.InRange(bytes, 0, BytesMax);
    }

    [Fact]
    public async Task One_that_is_planted_is_found()
    {
        double bytes = await MeasureAsync(isOneByOne: true, isTls: false, plants: true);
        output.WriteLine($"planted: {bytes:0.000} bytes a message");
        Assert.True(bytes > 20, $"a planted allocation was not seen: {bytes} bytes a message");
    }

    private static async Task<double> MeasureAsync(bool isOneByOne, bool isTls, bool plants)
    {
        using OwnCertificate own = OwnCertificate.Make();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        CountingTarget target = new(plants);
        IVenueFeed feed = VenueFeeds.Create(
            new FeedOptions
            {
                Venue = Venue.BybitLinear,
                Symbols = ["BTCUSDT"],
                WebSocket = new Uri($"{(isTls ? "wss" : "ws")}://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}"),
                TrustedCertificates = own.File,
                Rest = new Uri("http://127.0.0.1:1"),

                // Nobody acknowledges anything here.
                Limits = new() { AcknowledgeTimeout = TimeSpan.FromHours(1) },
            },
            new OneTarget(target),
            new WallClock(),
            NullLogger.Instance);
        using CancellationTokenSource end = new();
        Task run = feed.RunAsync(end.Token);
        using Socket socket = await listener.AcceptSocketAsync();
        socket.NoDelay = true;
        await using Stream server = await OpenAsync(socket, isTls ? own.Certificate : null);
        await ShakeHandsAsync(server);
        byte[] frame = Frame(tests: """{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"]],"a":[],"u":177400507,"seq":66544703342},"cts":1687940967464}""");
        byte[] block = [.. Enumerable.Repeat(frame, isOneByOne ? 1 : 100).SelectMany(static bytes => bytes)];
        int perBlock = block.Length / frame.Length;
        double bytes = double.MaxValue;
        Exception? fault = null;
        Thread sender = new(() =>
        {
            try
            {
                Work();
            }
            catch (Exception e) when (e is TimeoutException or IOException)
            {
                fault = e;
            }
        });
        sender.Start();
        sender.Join();
        await end.CancelAsync();
        socket.Close();
        await run.WaitAsync(ScriptedVenue.Deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return fault is null ? bytes : throw fault;

        // What else the process does meanwhile only adds: the quietest round counts.
        void Work()
        {
            Send(server, block, WarmUp / perBlock, target, isOneByOne, perBlock);
            for (int round = 1; round <= Rounds; round++)
            {
                long before = AllocatedByOthers();
                Send(server, block, Messages / perBlock, target, isOneByOne, perBlock);
                target.WaitFor(WarmUp + (round * Messages));
                bytes = Math.Min(bytes, (AllocatedByOthers() - before) / (double)Messages);
            }
        }
    }

    // All but the sender, which is the thread that asks: it is not part of what is measured, and its TLS may allocate.
    private static long AllocatedByOthers() => GC.GetTotalAllocatedBytes(precise: true) - GC.GetAllocatedBytesForCurrentThread();

    private static void Send(Stream server, byte[] block, int times, CountingTarget target, bool isOneByOne, int perBlock)
    {
        for (int i = 0; i < times; i++)
        {
            long sent = target.Count;
            server.Write(block);
            if (isOneByOne)
            {
                target.WaitFor(sent + perBlock);
            }
        }
    }

    private static async Task<Stream> OpenAsync(Socket socket, X509Certificate2? certificate)
    {
        NetworkStream plain = new(socket);
        if (certificate is null)
        {
            return plain;
        }

        SslStream secure = new(plain);
        await secure.AuthenticateAsServerAsync(certificate);
        return secure;
    }

    private static async Task ShakeHandsAsync(Stream server)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (!Encoding.ASCII.GetString(buffer, 0, length).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            length += await server.ReadAsync(buffer.AsMemory(length));
        }

        string key = Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n")
            .Single(static line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))["Sec-WebSocket-Key:".Length..].Trim();
#pragma warning disable CA5350 // The handshake of WebSockets is defined with SHA-1.
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await server.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
    }

    // An unmasked text frame of more than 125 bytes: 0x81, 126, length in two bytes.
    private static byte[] Frame(string tests)
    {
        byte[] text = Encoding.UTF8.GetBytes(tests);
        return [0x81, 126, (byte)(text.Length >> 8), (byte)text.Length, .. text];
    }

    private sealed class OneTarget(IFrameTarget target) : IConnectionSource
    {
        public ConnectionTargets Connect(Venue venue, string name, bool hasAnswers) => new(0, target, null);
    }

    private sealed class CountingTarget(bool plants) : IFrameTarget
    {
        // A monitor, for it can be waited on without an allocation.
        private readonly object _gate = new();
        private long _count;
        private object? _planted;

        public long Count => Volatile.Read(ref _count);

        public void Opened(long atNs) => _planted = null;

        public void Frame(ReadOnlySpan<byte> frame, long receivedAtNs)
        {
            if (plants)
            {
                _planted = new object();
                GC.KeepAlive(_planted);
            }

            lock (_gate)
            {
                Volatile.Write(ref _count, _count + 1);
                Monitor.Pulse(_gate);
            }
        }

        public void Closed(long atNs) => _planted = null;

        public void WaitFor(long count)
        {
            lock (_gate)
            {
                while (_count < count)
                {
                    if (!Monitor.Wait(_gate, ScriptedVenue.Deadline))
                    {
                        throw new TimeoutException($"{_count} of {count} messages came");
                    }
                }
            }
        }
    }
}
