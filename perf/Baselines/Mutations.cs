using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lob.Fast.Baselines;

/// <summary>Makes faults in a recording, one at a time; the same seed makes the same fault.</summary>
/// <remarks>
/// The recording must have one symbol with one depth stream. It is replayed once as it is, to know which messages came while the book was live.
/// The first message of a stream is never hit: a stream that is not known yet cannot be named by a rejection.
/// </remarks>
public sealed class Mutations
{
    // Draws of a digit before giving up on a field that has no other valid value.
    private const int DrawsMax = 100;

    private readonly BinanceMarket _market;
    private readonly IReadOnlyList<RecordedFrame> _frames;
    private readonly SimpleMessage[] _messages;
    private readonly string?[] _streamNames;
    private readonly List<int> _deltas = [];
    private readonly List<int> _liveDeltas = [];
    private readonly List<int> _snapshots = [];
    private readonly List<int> _tickers = [];
    private readonly List<int> _trades = [];
    private readonly HashSet<long> _appliedIds = [];

    /// <summary>Prepares a recording, which must be free of faults.</summary>
    public Mutations(BinanceMarket market, IReadOnlyList<RecordedFrame> frames)
    {
        _market = market;
        _frames = frames;
        _messages = new SimpleMessage[frames.Count];
        _streamNames = new string?[frames.Count];
        var replay = new SimpleBinanceReplay(market);
        HashSet<string?> knownStreams = [];
        for (int i = 0; i < frames.Count; i++)
        {
            _messages[i] = SimpleBinanceParser.Parse(frames[i].Bytes, market);
            _streamNames[i] = SimpleBinanceParser.StreamNameOf(frames[i].Bytes.Span);
            bool wasLive = IsLive(replay);
            bool isKnown = !knownStreams.Add(_streamNames[i]);
            replay.Feed(frames[i]);
            bool isLive = IsLive(replay);
            switch (_messages[i])
            {
                case SimpleDelta delta:
                    _deltas.Add(i);
                    if (wasLive)
                    {
                        _liveDeltas.Add(i);
                        _appliedIds.Add(delta.Last);
                    }

                    break;
                case SimpleSnapshot when !wasLive:
                    _snapshots.Add(i);
                    break;
                case SimpleTicker when isLive && isKnown:
                    _tickers.Add(i);
                    break;
                case SimpleOther when isLive && isKnown && _streamNames[i]!.EndsWith("rade", StringComparison.Ordinal):
                    _trades.Add(i);
                    break;
            }
        }
    }

    /// <summary>A fault of that kind at a place drawn by <paramref name="seed"/>; null when the recording has no such place.</summary>
    public Mutation? TryMake(MutatedMessage message, Fault fault, int seed)
    {
        var random = new Random(seed);
        List<int> places = message switch
        {
            MutatedMessage.Delta => _liveDeltas.Count > 1 ? _liveDeltas[..^1] : [],    // the last one has no next that could show a fault
            MutatedMessage.Snapshot => _snapshots,
            MutatedMessage.Ticker => _tickers,
            MutatedMessage.Trade => _trades,
            _ => [],
        };
        return places.Count == 0 ? null : Make(places[random.Next(places.Count)], message, fault, random);
    }

    /// <summary>Whether the book right behind the fault is another one than without it.</summary>
    public bool ChangesBook(Mutation mutation)
    {
        var without = new SimpleBinanceReplay(_market);
        var with = new SimpleBinanceReplay(_market);
        int longer = mutation.Frames.Count - _frames.Count;
        for (int i = 0; i <= mutation.Position; i++)
        {
            without.Feed(_frames[i]);
        }

        for (int i = 0; i <= mutation.Position + longer; i++)
        {
            with.Feed(mutation.Frames[i]);
        }

        return !SameBooks(without, with);
    }

    /// <summary>Whether two replays hold the same levels.</summary>
    public static bool SameBooks(SimpleBinanceReplay one, SimpleBinanceReplay other) =>
        one.Streams.Count == other.Streams.Count && one.Streams.Zip(other.Streams).All(static pair =>
            SameSide(pair.First.Book.Bids, pair.Second.Book.Bids) && SameSide(pair.First.Book.Asks, pair.Second.Book.Asks));

    private static bool SameSide(IReadOnlyDictionary<decimal, SimpleLevel> one, IReadOnlyDictionary<decimal, SimpleLevel> other) =>
        one.Count == other.Count && one.Zip(other).All(static pair =>
            pair.First.Key == pair.Second.Key && pair.First.Value.Quantity == pair.Second.Value.Quantity);

    private static bool IsLive(SimpleBinanceReplay replay) => replay.Streams.Any(static stream => stream.State == SimpleBookState.Live);

    private Mutation? Make(int at, MutatedMessage message, Fault fault, Random random)
    {
        List<RecordedFrame> frames = [.. _frames];
        string of = MutationCases.Any;
        string what;
        switch (fault)
        {
            case Fault.Dropped:
                frames.RemoveAt(at);
                what = "dropped";
                break;
            case Fault.Repeated:
                frames.Insert(at + 1, frames[at]);
                what = "repeated";
                break;
            case Fault.Swapped:
                int next = NextOfStream(at);
                if (next < 0)
                {
                    return null;
                }

                // Arrival times stay where they are.
                frames[at] = _frames[next] with { ReceivedAtNs = _frames[at].ReceivedAtNs };
                frames[next] = _frames[at] with { ReceivedAtNs = _frames[next].ReceivedAtNs };
                what = $"swapped with frame {next}";
                break;
            default:
                string? text = Alter(Encoding.UTF8.GetString(_frames[at].Bytes.Span), message, fault, random, out what);
                if (text is null)
                {
                    return null;
                }

                frames[at] = _frames[at] with { Bytes = Encoding.UTF8.GetBytes(text) };
                of = CaseOf(at, frames[at], fault);
                break;
        }

        return new Mutation(frames, at, message, fault, of, $"frame {at} ({message}): {what}");
    }

    private int NextOfStream(int at)
    {
        if (_streamNames[at] is null)
        {
            return at + 1 < _frames.Count ? at + 1 : -1;
        }

        for (int i = at + 1; i < _frames.Count; i++)
        {
            if (_streamNames[i] == _streamNames[at])
            {
                return i;
            }
        }

        return -1;
    }

    // Null when the message has nothing of the kind.
    private static string? Alter(string text, MutatedMessage message, Fault fault, Random random, out string what)
    {
        bool hasRows = message is MutatedMessage.Delta or MutatedMessage.Snapshot;
        string? pattern = fault switch
        {
            Fault.PriceAltered when hasRows => """\["([0-9.]+)","[0-9.]+"\]""",
            Fault.PriceAltered when message == MutatedMessage.Ticker => DecimalOf("[ba]"),
            Fault.PriceAltered => DecimalOf("p"),
            Fault.QuantityAltered when hasRows => """\["[0-9.]+","([0-9.]+)"\]""",
            Fault.QuantityAltered when message == MutatedMessage.Ticker => DecimalOf("[BA]"),
            Fault.QuantityAltered => DecimalOf("q"),
            Fault.FirstSequenceAltered when message == MutatedMessage.Delta => IntegerOf("U"),
            Fault.LastSequenceAltered when message == MutatedMessage.Snapshot => IntegerOf("lastUpdateId"),
            Fault.LastSequenceAltered when message == MutatedMessage.Trade => IntegerOf(text.Contains("\"aggTrade\"", StringComparison.Ordinal) ? "a" : "t"),
            Fault.LastSequenceAltered => IntegerOf("u"),
            Fault.PreviousSequenceAltered when message == MutatedMessage.Delta => IntegerOf("pu"),
            Fault.SymbolAltered => "\"(?:s|symbol)\":\"([A-Z]+)",
            Fault.StreamNameAltered => """\{"stream":"([a-z]+)""",
            _ => null,
        };
        what = "";
        if (fault is Fault.Truncated or Fault.TruncatedEarly)
        {
            int behindName = SimpleBinanceParser.StreamNameOf(Encoding.UTF8.GetBytes(text)) is { } name
                ? "{\"stream\":\"".Length + name.Length + 1
                : "{\"lastUpdateId\":".Length;
            int length = fault == Fault.Truncated ? random.Next(behindName, text.Length) : random.Next(1, behindName - 1);
            what = $"cut to {length} of {text.Length}";
            return text[..length];
        }

        if (pattern is null)
        {
            return null;
        }

        MatchCollection matches = Regex.Matches(text, pattern);
        if (matches.Count == 0)
        {
            return null;
        }

        Group field = matches[random.Next(matches.Count)].Groups[1];
        // A price of zero, and a snapshot level without quantity, are no values of the venue.
        bool zeroAllowed = fault != Fault.PriceAltered && message != MutatedMessage.Snapshot;
        for (int draw = 0; draw < DrawsMax; draw++)
        {
            string altered = AlterOne(field.Value, random);
            if (IsAsTheVenueWrites(altered) && (zeroAllowed || !altered.All(static c => c is '0' or '.')))
            {
                what = $"{fault}: {field.Value} to {altered}";
                return text[..field.Index] + altered + text[(field.Index + field.Length)..];
            }
        }

        return null;
    }

    // One digit, or one letter, becomes another. Half of the time one of the last three, where sequence numbers come close to their neighbours.
    private static string AlterOne(string value, Random random)
    {
        int at = random.Next(2) == 0 ? random.Next(value.Length) : Math.Max(0, value.Length - 1 - random.Next(3));
        char old = value[at];
        if (old == '.')
        {
            return AlterOne(value, random);
        }

        char first = char.IsAsciiDigit(old) ? '0' : char.IsAsciiLetterLower(old) ? 'a' : 'A';
        int count = char.IsAsciiDigit(old) ? 10 : 26;
        char other = (char)(first + (old - first + 1 + random.Next(count - 1)) % count);
        return value[..at] + other + value[(at + 1)..];
    }

    private static bool IsAsTheVenueWrites(string text) => text[0] != '0' || text.Length == 1 || text[1] == '.' || !char.IsAsciiDigit(text[1]);

    private string CaseOf(int at, RecordedFrame altered, Fault fault)
    {
        switch (_messages[at], fault)
        {
            case (SimpleDelta delta, Fault.FirstSequenceAltered):
                long first = IntegerIn(altered, "U");
                return first > delta.Last ? MutationCases.AboveLast
                    : _market != BinanceMarket.Spot ? MutationCases.FirstElse
                    : first > delta.First ? MutationCases.FirstRaised : MutationCases.FirstLowered;
            case (SimpleDelta delta, Fault.LastSequenceAltered):
                long last = IntegerIn(altered, "u");
                return last < delta.First ? MutationCases.LastBelowFirst
                    : _market != BinanceMarket.Spot ? MutationCases.LastElse
                    : last < delta.Last ? MutationCases.LastLowered
                    : last < ((SimpleDelta)_messages[NextOfStream(at)]).Last ? MutationCases.LastRaisedLittle : MutationCases.LastRaisedFar;
            case (SimpleSnapshot, Fault.PriceAltered):
                return IsValid(altered) ? MutationCases.OrderKept : MutationCases.OrderBroken;
            case (SimpleSnapshot snapshot, Fault.LastSequenceAltered):
                return CaseOfSnapshot(at, snapshot.Last, IntegerIn(altered, "lastUpdateId"));
            case (SimpleTicker ticker, Fault.PriceAltered or Fault.QuantityAltered):
                return _appliedIds.Contains(ticker.UpdateId) ? MutationCases.IdOfDelta : MutationCases.IdOfNoDelta;
            default:
                return MutationCases.Any;
        }
    }

    private string CaseOfSnapshot(int at, long before, long after)
    {
        List<SimpleDelta> deltas = [.. _deltas.Select(i => (SimpleDelta)_messages[i])];
        bool isSpot = _market == BinanceMarket.Spot;
        SimpleDelta? buffered = _deltas.Count > 0 && _deltas[0] < at ? deltas[0] : null;
        int Inside(long last) => deltas.Count(delta => isSpot ? delta.Last <= last : delta.Last < last);

        if (Inside(before) == Inside(after))
        {
            return MutationCases.SameDeltasUsed;
        }

        if (after < before)
        {
            bool joins = buffered is not null && (isSpot ? buffered.First <= after + 1 : Math.Min(buffered.First, buffered.Previous) <= after);
            return joins ? MutationCases.MoreDeltasUsed : MutationCases.BeforeBuffer;
        }

        return deltas.Exists(delta => delta.Last >= after) ? MutationCases.DeltasSkipped : MutationCases.BeyondRecording;
    }

    private bool IsValid(RecordedFrame frame)
    {
        try
        {
            SimpleBinanceParser.Parse(frame.Bytes, _market);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string IntegerOf(string field) => $"\"{field}\":([0-9]+)";

    private static string DecimalOf(string field) => $"\"{field}\":\"([0-9.]+)\"";

    private static long IntegerIn(RecordedFrame frame, string field) => long.Parse(
        Regex.Match(Encoding.UTF8.GetString(frame.Bytes.Span), IntegerOf(field)).Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture);
}
