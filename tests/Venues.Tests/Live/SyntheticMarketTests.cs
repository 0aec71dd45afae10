using System.Globalization;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;
using Lob.Fast.TestSupport;
using Lob.Fast.Venues.Live;
using Lob.Fast.Venues.Tests.Support;
using Lob.Fast.VenueSim;
using Microsoft.Extensions.Logging.Abstractions;
using Record = Lob.Fast.Engine.Records.Record;
using VenueNames = Lob.Fast.Engine.Records.VenueNames;

namespace Lob.Fast.Venues.Tests.Live;

/// <summary>
/// Five venues with four symbols each over real sockets from the local exchange, whose books are smaller than every depth limit: each second, the digest that was sealed for a
/// stream is the exchange's own after the same message. The exchange shares no code with what is tested.
/// </summary>
public sealed class SyntheticMarketTests
{
    /// <summary>Seconds to run; 60 without it.</summary>
    private const string SecondsVariable = "LOB_LIVE_SECONDS";

    private const int SymbolsPerVenue = 4;
    // Coinbase asks for a signature, and the exchange checks it.
    private static readonly CoinbaseCredentials Coinbase = new("key", Convert.ToBase64String("secret"u8), "passphrase");

    private static readonly GivenCredentials Credentials = new(
        ("COINBASE_API_KEY", Coinbase.Key), ("COINBASE_API_SECRET", Coinbase.Secret), ("COINBASE_API_PASSPHRASE", Coinbase.Passphrase));

    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(10);
    private static readonly string[] Venues = ["bybit-linear", "binance-usdm", "okx", "bitfinex", "coinbase"];

    [Fact]
    public async Task Every_second_each_book_is_the_one_that_the_exchange_has_sent()
    {
        int seconds = int.TryParse(Environment.GetEnvironmentVariable(SecondsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 60;
        using TemporaryFolder folder = new();
        await using LocalExchange exchange = await LocalExchange.StartAsync(new LocalExchangeOptions { Venues = Venues, TruthKept = 1 << 20, CoinbaseCredentials = Coinbase });
        LiveStatus status = await CollectAsync(exchange, folder.Journal, TimeSpan.FromSeconds(seconds));

        Assert.Equal(Venues.Length * SymbolsPerVenue, status.Books.Count);
        Assert.All(status.Books, static book => Assert.Equal((BookState.Live, 0L, 0L), (book.State, book.Totals.Gaps, book.Totals.Rejected)));
        Assert.Equal(0, status.Input.Rejected);

        Dictionary<string, int> compared = Compare(exchange, folder.Journal);
        Assert.Equal(Venues.Length * SymbolsPerVenue, compared.Count);
        Assert.All(compared, pair => Assert.True(pair.Value >= seconds - StartUp.Seconds, $"{pair.Key}: {pair.Value} of {seconds} seconds compared"));
    }

    private static async Task<LiveStatus> CollectAsync(LocalExchange exchange, string journal, TimeSpan duration)
    {
        WallClock clock = new();
        using LiveEngine engine = new(new LiveOptions { JournalFolder = journal }, clock, NullLogger.Instance);
        var feeds = new List<IVenueFeed>();
        foreach ((string name, VenueEndpoint endpoint) in exchange.Endpoints)
        {
            Assert.True(VenueNames.TryParse(name, out Venue venue));
            var options = new FeedOptions
            {
                Venue = venue,
                Symbols = [.. exchange.Status.Venues.Single(status => status.Venue == name).Symbols.Take(SymbolsPerVenue)],
                WebSocket = endpoint.WebSocket,
                Rest = endpoint.Rest,
            };
            IVenueFeed feed = VenueFeeds.Create(options, engine, clock, NullLogger.Instance, TimeProvider.System, Credentials);
            engine.Attach(venue, feed);
            feeds.Add(feed);
        }

        engine.Start();
        using var ending = new CancellationTokenSource();
        Task[] running = [.. feeds.Select(feed => feed.RunAsync(ending.Token))];
        Task first = await Task.WhenAny([engine.Ended, Task.Delay(duration), .. running]);
        engine.BeginClosing();
        await ending.CancelAsync();
        await first;
        await Task.WhenAll(running);
        engine.Stop();
        return engine.Status();
    }

    /// <summary>All seals of live books against the exchange's truth; how many, by stream.</summary>
    private static Dictionary<string, int> Compare(LocalExchange exchange, string journal)
    {
        Dictionary<uint, (string Venue, string Symbol)> instruments = [];
        Dictionary<uint, (string Venue, string Symbol, string Channel)> streams = [];
        Dictionary<uint, long> messages = [];
        Dictionary<string, int> compared = [];
        using JournalReader reader = JournalReader.Open(journal);
        using JournalCursor cursor = reader.Read();
        while (cursor.MoveNext())
        {
            ReadOnlySpan<Record> message = cursor.Message;
            for (int i = 0; i < message.Length && !cursor.IsCheckpoint; i++)
            {
                ref readonly RecordHeader header = ref message[i].Header;
                if (header.Has(RecordFlags.Continued))
                {
                    continue;
                }

                switch (header.Kind)
                {
                    case RecordKind.InstrumentDefinition:
                        InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(message[i]);
                        instruments[instrument.InstrumentId] = (instrument.Venue.ToName(), Record.Read<InstrumentSymbol>(message[i + 1]).Symbol.ToString());
                        break;
                    case RecordKind.StreamDefinition:
                        StreamDefinition stream = Record.Read<StreamDefinition>(message[i]);
                        if (instruments.TryGetValue(stream.InstrumentId, out (string Venue, string Symbol) of))
                        {
                            streams[header.StreamId] = (of.Venue, of.Symbol, Record.Read<StreamChannel>(message[i + 1]).Channel.ToString());
                        }

                        break;
                    case RecordKind.Seal:
                        Seal seal = Record.Read<Seal>(message[i]);
                        long count = messages[header.StreamId] = messages.GetValueOrDefault(header.StreamId) + Record.Read<SealCounts>(message[i + 1]).Messages;
                        if ((BookState)header.Code == BookState.Live)
                        {
                            CompareOne(exchange, streams[header.StreamId], seal, count, compared);
                        }

                        break;
                    default:
                        break;
                }
            }
        }

        return compared;
    }

    private static void CompareOne(LocalExchange exchange, (string Venue, string Symbol, string Channel) stream, in Seal seal, long count, Dictionary<string, int> compared)
    {
        long number = seal.LastSequence == Sequence.None ? count : seal.LastSequence;
        TrueBook? truth = exchange.Truth(stream.Venue, stream.Channel, stream.Symbol, number);
        Assert.True(truth != null, $"{stream}: the exchange knows no message {number}");
        UInt128 digest = new(seal.DigestHigh, seal.DigestLow);
        Assert.True(truth.Digest == digest, $"{stream}: after message {number} the exchange has {truth.Digest:x32}, the journal {digest:x32}");
        string name = $"{stream.Venue} {stream.Symbol} {stream.Channel}";
        compared[name] = compared.GetValueOrDefault(name) + 1;
    }
}
