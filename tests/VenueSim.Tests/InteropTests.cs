using System.Text.Json;
using Lob.Fast.TestSupport;

namespace Lob.Fast.VenueSim.Tests;

/// <summary>Clients that know nothing of this project, with nothing changed but the hosts: tests/interop/README.md says what had to be adapted.</summary>
public sealed class InteropTests
{
    private const int Seconds = 12;
    private static readonly string[] Venues = ["binance-spot", "binance-usdm", "binance-coinm", "bybit-linear", "bybit-spot", "okx", "bitfinex", "coinbase", "coinbase-advanced"];

    [NodeFact]
    public async Task Ccxt_and_bybit_api_hold_the_books_that_the_exchange_has_sent()
    {
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = Venues });
        using var endpoints = new MemoryStream();
        using (var json = new Utf8JsonWriter(endpoints))
        {
            json.WriteStartObject();
            foreach ((string venue, VenueEndpoint endpoint) in exchange.Endpoints)
            {
                json.WriteStartObject(venue);
                json.WriteString("ws", endpoint.WebSocket.ToString().TrimEnd('/'));
                json.WriteString("rest", endpoint.Rest.ToString().TrimEnd('/'));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        string script = Path.GetFullPath(Path.Combine(Recordings.Bundled!, "..", "interop", "run.sh"));
        string urls = System.Text.Encoding.UTF8.GetString(endpoints.ToArray());
        ProcessRun run = await Task.Run(() => ProcessRun.Of(script, [urls, Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)]));

        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Error}\n{run.Output}");
        string[] books = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(Venues, venue => Assert.Contains(books, book => book.Contains($"\"{venue}\"", StringComparison.Ordinal)));
        Assert.Contains(books, static book => book.Contains("bybit-api", StringComparison.Ordinal));
    }
}
