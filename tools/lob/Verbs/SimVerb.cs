using System.CommandLine;
using Lob.Fast.Cli.Live;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.VenueSim;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>sim</c>: the local exchange alone, for any client that speaks a venue's protocol.</summary>
internal static class SimVerb
{
    public static Command Create()
    {
        Option<string[]> venues = new("--venue") { Description = $"Venues, with commas between; all without it: {string.Join(", ", Engine.Records.VenueNames.All)}.", HelpName = "V[,V…]" };
        Option<int> port = CommonOptions.NotAbove(CommonOptions.NotBelow(
            new Option<int>("--port") { Description = "Port of the first venue, the others follow; 0 = any free ports.", DefaultValueFactory = static _ => 7001, HelpName = "PORT" }, 0), 65_000);
        Option<ulong> seed = new("--seed") { Description = "Seed of the synthetic market: the same one, the same market.", DefaultValueFactory = static _ => 1UL, HelpName = "N" };
        Option<double> speed = new("--speed") { Description = "1 = real time, 10 = ten times as fast, 0 = as fast as the client takes it.", DefaultValueFactory = static _ => 1.0, HelpName = "X" };
        Option<string[]> recordings = new("--recording") { Description = "Play a recording instead of the synthetic market of a venue, for instance okx:FILE; several files with commas are one recording.", HelpName = "V:FILE" };
        Option<string[]> symbols = new("--symbol") { Description = "Symbols of a venue instead of its usual four, for instance okx:BTC-USDT,ETH-USDT.", HelpName = "V:S[,S…]" };
        Option<bool> tls = new("--tls") { Description = "TLS with a throw-away certificate, whose file is printed." };
        Option<string?> duration = DurationText.Option("--duration", "End by itself after this time; without it at Ctrl-C or SIGTERM.");
        var command = new Command("sim", "A local exchange that speaks the protocols of all venues on loopback, with a synthetic market or recordings.")
        {
            venues, port, seed, speed, symbols, recordings, tls, duration,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(speed) is { Tokens: [{ Value: ['-', ..] text }] })
            {
                result.AddError($"--speed must be 0 or more, not {text}.");
            }
        });
        return command.WithAction((result, json) =>
        {
            var options = new LocalExchangeOptions
            {
                Venues = [.. (result.GetValue(venues) ?? []).SelectMany(static names => names.Split(',')).Select(static name => CommonOptions.Parse(name).ToName())],
                Port = result.GetValue(port),
                Seed = result.GetValue(seed),
                Speed = result.GetValue(speed),
                Symbols = (result.GetValue(symbols) ?? []).Select(static text => ParseOfVenue("--symbol", text)).ToDictionary(),
                Recordings = (result.GetValue(recordings) ?? []).Select(ParseRecording).ToDictionary(),
                Tls = result.GetValue(tls),
            };
            return RunAsync(options, result.GetValue(duration) is { } text ? DurationText.Parse(text) : null, json).GetAwaiter().GetResult();
        });
    }

    private static KeyValuePair<string, IReadOnlyList<string>> ParseOfVenue(string option, string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1
            ? new(CommonOptions.Parse(text[..colon]).ToName(), text[(colon + 1)..].Split(','))
            : throw new UserErrorException($"{option} {text}: expected a venue, a colon, and what belongs to it with commas between.") { ExitCode = ExitCode.Usage };
    }

    private static KeyValuePair<string, IReadOnlyList<string>> ParseRecording(string text)
    {
        KeyValuePair<string, IReadOnlyList<string>> files = ParseOfVenue("--recording", text);
        foreach (string file in files.Value)
        {
            if (!File.Exists(file))
            {
                throw new UserErrorException($"--recording {text}: {file}: no such file.");
            }
        }

        return files;
    }

    private static async Task<int> RunAsync(LocalExchangeOptions options, TimeSpan? duration, bool json)
    {
        using var shutdown = new Shutdown();
        await using LocalExchange exchange = await LocalExchange.StartAsync(options, shutdown.Token);
        if (json)
        {
            // Told at once: who waits for it wants to connect.
            JsonOutput.Write(writer =>
            {
                foreach ((string venue, VenueEndpoint endpoint) in exchange.Endpoints)
                {
                    writer.WriteStartObject(venue);
                    writer.WriteString("websocket", endpoint.WebSocket.ToString().TrimEnd('/'));
                    writer.WriteString("rest", endpoint.Rest.ToString().TrimEnd('/'));
                    writer.WriteString("trusted_certificates", endpoint.CertificatePath);
                    writer.WriteEndObject();
                }
            });
        }
        else
        {
            foreach ((string venue, VenueEndpoint endpoint) in exchange.Endpoints)
            {
                Console.Error.WriteLine($"{venue,-18} --websocket {endpoint.WebSocket.ToString().TrimEnd('/')} --rest {endpoint.Rest.ToString().TrimEnd('/')}{(endpoint.CertificatePath is { } file ? $" --trust {file}" : "")}");
            }

            Console.Error.WriteLine("Ctrl-C ends it. True books: GET /sim/truth?channel=…&symbol=…&n=… on each port, status: GET /sim/status.");
        }

        try
        {
            await Task.Delay(duration ?? Timeout.InfiniteTimeSpan, shutdown.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }

        return ExitCode.Ok;
    }
}
