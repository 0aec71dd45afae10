using System.Diagnostics;
using Lob.Fast.VenueSim.Market;
using Lob.Fast.VenueSim.Recorded;
using Lob.Fast.VenueSim.Rest;
using Lob.Fast.VenueSim.Streams;
using Lob.Fast.VenueSim.Truth;
using Microsoft.AspNetCore.Http;

namespace Lob.Fast.VenueSim.Hosting;

/// <summary>
/// One venue: its markets, channels and sessions. One loop advances the markets in steps of 10 ms while anyone is connected. Everything is done under <see cref="Gate"/>,
/// by the loop, by readers of sockets and by REST requests, so that a venue is single-threaded in effect.
/// </summary>
internal abstract class VenueServer
{
    /// <summary>Steps done under the gate at a time, so that clients get a word in.</summary>
    private const int StepsAtOnce = 64;

    /// <summary>Steps that are made up for after a pause of the process; what is more is left out.</summary>
    private const int StepsLateMax = 100;

    /// <summary>With speed 0 the markets wait for clients that are this many frames behind.</summary>
    private const int BacklogWanted = 512;

    private const long TickMs = 100;

    private static readonly TimeSpan LoopPeriod = TimeSpan.FromMilliseconds(BookChannel.StepMs);

    private readonly List<Session> _sessions = [];
    private readonly Dictionary<(string Channel, string Symbol), MarketChannel> _channels = [];
    private readonly Dictionary<SyntheticMarket, List<MarketChannel>> _channelsOfMarket = [];
    private readonly System.Threading.Channels.Channel<bool> _someone =
        System.Threading.Channels.Channel.CreateBounded<bool>(new System.Threading.Channels.BoundedChannelOptions(1) { FullMode = System.Threading.Channels.BoundedChannelFullMode.DropWrite });

    private long _opened;
    private long _framesSent;
    private long _framesReceived;
    private long _restAnswers;
    private long _limitsExceeded;
    private long _lastTickMs;

    protected VenueServer(string name, LocalExchangeOptions options, int idStepMax)
    {
        Name = name;
        Options = options;
        if (options.Recordings.TryGetValue(name, out IReadOnlyList<string>? recordings) && recordings.Count > 0)
        {
            Recording = Recording.Read(recordings, VenueServers.RecordedFramesOf(name));
            foreach (string symbol in Recording.Symbols)
                Markets.Add(symbol, new SyntheticMarket(InstrumentOf(Recording, name, symbol), options.Seed, idStepMax, NowMs));

            return;
        }

        IReadOnlyList<string> symbols = options.Symbols.TryGetValue(name, out IReadOnlyList<string>? named) && named.Count > 0
            ? named
            : InstrumentCatalogue.DefaultSymbols(name);
        foreach (string symbol in symbols)
        {
            var market = new SyntheticMarket(InstrumentCatalogue.Create(name, symbol), Random64.SeedOf(options.Seed, name, symbol), idStepMax, NowMs);
            Markets.Add(symbol, market);
            _channelsOfMarket.Add(market, []);
        }
    }

    public string Name { get; }

    public LocalExchangeOptions Options { get; }

    /// <summary>What is played instead of synthetic markets; null = nothing.</summary>
    public Recording? Recording { get; }

    public Lock Gate { get; } = new();

    public Dictionary<string, SyntheticMarket> Markets { get; } = [];

    /// <summary>For writing frames, under the gate.</summary>
    public FrameText Text { get; } = new();

    /// <summary>The latest subscription of each channel and symbol, also when it has ended.</summary>
    public Dictionary<(string Channel, string Symbol), Subscription> Latest { get; } = [];

    /// <summary>The clock, Unix ms.</summary>
    public long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Messages that a client may send in a second.</summary>
    public abstract int MessagesPerSecondMax { get; }

    /// <summary>How often the venue sends PING frames, and how long it waits for the PONG; null = it sends none.</summary>
    public virtual (TimeSpan Interval, TimeSpan Timeout)? Pings => null;

    /// <summary>Whether a client may connect here.</summary>
    public abstract bool HasSocket(string path);

    /// <summary>A client has connected.</summary>
    public abstract Session CreateSession(ClientConnection connection, HttpRequest request);

    /// <summary>Answers a request; null where there is nothing of the sort. Called under the gate.</summary>
    public abstract RestAnswer? Answer(RestRequest request, long nowMs);

    /// <summary>Whether the venue has this symbol.</summary>
    public virtual bool Knows(string symbol) => Markets.ContainsKey(symbol);

    /// <summary>The channel of a symbol, made when it is first asked for; null where the venue has no such channel or symbol.</summary>
    public MarketChannel? Channel(string channel, string symbol)
    {
        if (_channels.TryGetValue((channel, symbol), out MarketChannel? known)) return known;

        if (!Markets.TryGetValue(symbol, out SyntheticMarket? market)) return null;

        MarketChannel? made = Recording is null ? CreateChannel(channel, market) : CreateRecorded(Recording, channel, market);
        if (made is null) return null;

        _channels.Add((channel, symbol), made);
        if (Recording is null) _channelsOfMarket[market].Add(made);
        return made;
    }

    /// <summary>The name a channel is subscribed by, of the one its data carry.</summary>
    public virtual string ChannelOfData(string channel) => channel;

    /// <summary>All channels of a market that have been asked for so far.</summary>
    public IReadOnlyList<MarketChannel> ChannelsOf(SyntheticMarket market) => _channelsOfMarket[market];

    public void CountSent() => Interlocked.Increment(ref _framesSent);

    public void CountLimit() => Interlocked.Increment(ref _limitsExceeded);

    public void CountAnswer() => Interlocked.Increment(ref _restAnswers);

    public VenueStatus Status()
    {
        lock (Gate)
        {
            return new VenueStatus
            {
                Venue = Name,
                Symbols = [.. Markets.Keys],
                Connections = _sessions.Count,
                Subscriptions = _sessions.Sum(static session => session.Subscriptions.Count),
                Opened = _opened,
                FramesSent = Interlocked.Read(ref _framesSent),
                FramesReceived = Interlocked.Read(ref _framesReceived),
                RestAnswers = Interlocked.Read(ref _restAnswers),
                LimitsExceeded = Interlocked.Read(ref _limitsExceeded),
            };
        }
    }

    /// <summary>How a book stood after the message with this number (or the last one below it); null where that is not known.</summary>
    public TrueBook? TruthOf(string channel, string symbol, long number)
    {
        lock (Gate)
        {
            channel = ChannelOfData(channel);
            if (!_channels.TryGetValue((channel, symbol), out MarketChannel? found) || found is not BookChannel book) return null;

            long ordinal;
            long at;
            long previous;
            if (book.Numbering == Numbering.Channel)
            {
                ordinal = book.Truth.Find(number);
                if (ordinal < 0) return null;

                at = book.Truth[ordinal].Number;
                previous = ordinal > book.Truth.Oldest ? book.Truth[ordinal - 1].Number : -1;
            }
            else if (!Latest.TryGetValue((channel, symbol), out Subscription? latest))
            {
                return null;
            }
            else if (book.Numbering == Numbering.Connection)
            {
                (at, previous, ordinal) = latest.Numbers!.Find(number);
                if (ordinal < book.Truth.Oldest) return null;
            }
            else
            {
                ordinal = latest.FirstOrdinal + Math.Min(number - 1, book.Truth.Count - 1 - latest.FirstOrdinal);
                if (number < 1 || ordinal < book.Truth.Oldest) return null;

                at = ordinal - latest.FirstOrdinal + 1;
                previous = at - 1;
            }

            TruthEntry entry = book.Truth[ordinal];
            bool isLatest = ordinal == book.Truth.Count - 1;
            return new TrueBook
            {
                Digest = entry.Digest,
                Number = at,
                PreviousNumber = previous,
                SentAtMs = entry.SentAtMs,
                BestBid = LevelOf(book, entry.BestBid),
                BestAsk = LevelOf(book, entry.BestAsk),
                Bids = isLatest ? LevelsOf(book, book.View.Bids) : null,
                Asks = isLatest ? LevelsOf(book, book.View.Asks) : null,
            };
        }
    }

    /// <summary>Serves one client until it goes.</summary>
    public async Task ServeAsync(ClientConnection connection, HttpRequest request, CancellationToken cancellation)
    {
        Session session;
        lock (Gate)
        {
            session = CreateSession(connection, request);
            _sessions.Add(session);
            _opened++;
            session.Open(NowMs);
        }

        _someone.Writer.TryWrite(true);
        try
        {
            await connection.RunAsync(Received, cancellation).ConfigureAwait(false);
        }
        finally
        {
            lock (Gate)
            {
                _sessions.Remove(session);
                session.Closed();
            }
        }

        void Received(ReadOnlyMemory<byte> message)
        {
            Interlocked.Increment(ref _framesReceived);
            lock (Gate)
            {
                session.Receive(message, NowMs);
            }
        }
    }

    /// <summary>Advances the markets until cancelled; sleeps while nobody is connected.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LoopPeriod);
        while (!cancellation.IsCancellationRequested)
        {
            await _someone.Reader.ReadAsync(cancellation).ConfigureAwait(false);
            long startedAt = Stopwatch.GetTimestamp();
            double stepsDone = 0;
            while (HasSessions())
            {
                if (Options.Speed == 0)
                {
                    if (AdvanceFreely()) await Task.Yield();
                    else await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
                }
                else
                {
                    await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
                    double due = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds * Options.Speed / BookChannel.StepMs;
                    if (due - stepsDone > StepsLateMax * Math.Max(1, Options.Speed)) stepsDone = due - 1;
                    if (stepsDone + 1 > due) Advance(0);
                    while (stepsDone + 1 <= due)
                    {
                        int steps = (int)Math.Min(StepsAtOnce, due - stepsDone);
                        Advance(steps);
                        stepsDone += steps;
                    }
                }
            }
        }
    }

    /// <summary>Advances all markets; nothing happens to a market while nobody listens to any. Sessions get their ticks also without steps.</summary>
    public void Advance(int steps)
    {
        lock (Gate)
        {
            long nowMs = NowMs;
            if (Recording is null && _sessions.Exists(static session => session.Subscriptions.Count > 0))
            {
                for (int i = 0; i < steps; i++)
                    Step(nowMs);
            }

            if (nowMs - _lastTickMs < TickMs) return;

            _lastTickMs = nowMs;
            for (int i = _sessions.Count - 1; i >= 0; i--)
                _sessions[i].Tick(nowMs);
        }
    }

    /// <summary>A channel of this name; null where the venue has none.</summary>
    protected abstract MarketChannel? CreateChannel(string channel, SyntheticMarket market);

    /// <summary>With the decimals that the recording has.</summary>
    private static Instrument InstrumentOf(Recording recording, string venue, string symbol)
    {
        Instrument instrument = InstrumentCatalogue.Create(venue, symbol);
        (int priceDecimals, int quantityDecimals, decimal price) = RecordedNumbers.Of(recording, symbol);
        return price == 0
            ? instrument
            : instrument with
            {
                PriceDecimals = priceDecimals,
                TickUnits = 1,
                QuantityDecimals = quantityDecimals,
                LotUnits = 1,
                StartTicks = (long)(price * InstrumentCatalogue.PowerOfTen(priceDecimals)),
                MedianLots = InstrumentCatalogue.PowerOfTen(quantityDecimals),
            };
    }

    private static string Decimal(FrameText text, Int128 units, int decimals) => text.Start().Trimmed(units, decimals).ToString();

    /// <summary>A stream that was recorded; other streams of recorded symbols stay silent, but for books, which nobody could tell from a lost one.</summary>
    private RecordedChannel? CreateRecorded(Recording recording, string channel, SyntheticMarket market) =>
        recording.Has(channel, market.Instrument.Symbol) || CreateChannel(channel, market) is not (null or BookChannel) ? new RecordedChannel(channel, market) : null;

    private void Step(long nowMs)
    {
        foreach ((SyntheticMarket market, List<MarketChannel> channels) in _channelsOfMarket)
        {
            market.Advance(nowMs);
            foreach (MarketChannel channel in channels)
                channel.OnStep(nowMs);
        }
    }

    private bool HasSessions()
    {
        lock (Gate)
        {
            return _sessions.Count > 0;
        }
    }

    /// <summary>As far as the clients take it; false when one is behind, or nobody listens.</summary>
    private bool AdvanceFreely()
    {
        lock (Gate)
        {
            bool listens = _sessions.Exists(static session => session.Subscriptions.Count > 0);
            bool isBehind = _sessions.Exists(static session => session.Backlog > BacklogWanted);
            Advance(isBehind ? 0 : StepsAtOnce);
            return Recording is null && listens && !isBehind;
        }
    }

    private TrueLevel? LevelOf(BookChannel book, BookRow row)
    {
        if (row.Lots == 0) return null;

        Instrument instrument = book.Market.Instrument;
        return new TrueLevel(
            Decimal(Text, (Int128)row.Ticks * instrument.TickUnits, instrument.PriceDecimals),
            Decimal(Text, (Int128)row.Lots * instrument.LotUnits, instrument.QuantityDecimals));
    }

    private List<TrueLevel> LevelsOf(BookChannel book, IReadOnlyList<BookRow> rows) => [.. rows.Select(row => LevelOf(book, row)!)];
}
