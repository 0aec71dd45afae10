using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lob.Fast.Baselines.Feeds;

namespace Lob.Fast.Baselines.Faults;

/// <summary>Makes faults in a recording of a feed, one at a time; the same seed makes the same fault.</summary>
/// <remarks>
/// The recording is replayed once as it is, to know what its frames are. Frames other than snapshots are hit only when a frame of their stream came
/// before, because a stream that is not known yet cannot be named by a rejection; and a fault is made only where a frame follows that can show it.
/// </remarks>
public sealed partial class FeedMutations
{
    // Draws before giving up on a field that has no other valid value, and on places of which none can show the fault.
    private const int DrawsMax = 100;
    private const int PlacesMax = 10;

    private readonly MutatedFeed _feed;
    private readonly IReadOnlyList<RecordedFrame> _frames;
    private readonly SimpleFrame[] _what;
    private readonly string?[] _symbols;
    private readonly List<string>[] _liveBefore;
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<MutatedMessage, List<int>> _places = new()
    {
        [MutatedMessage.Delta] = [],
        [MutatedMessage.Snapshot] = [],
        [MutatedMessage.Checksum] = [],
        [MutatedMessage.Other] = [],
    };

    /// <summary>Prepares a recording, which must be free of faults.</summary>
    public FeedMutations(MutatedFeed feed, IReadOnlyList<RecordedFrame> frames)
    {
        _feed = feed;
        _frames = frames;
        _what = new SimpleFrame[frames.Count];
        _symbols = new string?[frames.Count];
        _liveBefore = new List<string>[frames.Count];
        SimpleFeedReplay replay = feed.Create();
        for (int i = 0; i < frames.Count; i++)
        {
            _liveBefore[i] = [.. replay.Streams.Where(static stream => stream.State == SimpleBookState.Live).Select(static stream => stream.Symbol)];
            int snapshots = replay.Streams.Sum(static stream => stream.Snapshots);
            int updates = replay.Streams.Sum(static stream => stream.Updates);
            _what[i] = replay.Feed(frames[i]);
            bool isKnown = _what[i].Name is { } name && !_names.Add(name);
            SimpleFeedStream? stream = replay.Streams.FirstOrDefault(stream => stream.Name == _what[i].Name);
            _symbols[i] = stream?.Symbol;
            MutatedMessage? message = _what[i].Kind is not (SimpleFrameKind.Message or SimpleFrameKind.Heartbeat) ? null
                : stream is null ? (isKnown && _liveBefore[i].Count > 0 ? MutatedMessage.Other : null)
                : replay.Streams.Sum(static stream => stream.Snapshots) > snapshots ? MutatedMessage.Snapshot
                : replay.Streams.Sum(static stream => stream.Updates) > updates ? MutatedMessage.Delta
                : _what[i].What == "cs" ? MutatedMessage.Checksum : null;
            if (message is { } place)
            {
                _places[place].Add(i);
            }
        }
    }

    /// <summary>A fault of that kind at a place drawn by <paramref name="seed"/>; null when the recording has no such place.</summary>
    public FeedMutation? TryMake(MutatedMessage message, Fault fault, int seed)
    {
        List<int> places = _places.GetValueOrDefault(message, []);
        var random = new Random(seed);
        for (int draw = 0; draw < PlacesMax && places.Count > 0; draw++)
        {
            if (Make(places[random.Next(places.Count)], message, fault, random) is { } mutation)
            {
                return mutation;
            }
        }

        return null;
    }

    /// <summary>Whether two books hold the same levels, in the same texts.</summary>
    public static bool SameBooks(SimpleBook one, SimpleBook other) => SameSide(one.Bids, other.Bids) && SameSide(one.Asks, other.Asks);

    /// <summary>The frames up to and including <paramref name="last"/> through a plain replay.</summary>
    public static SimpleFeedReplay Replay(MutatedFeed feed, IEnumerable<RecordedFrame> frames, int last = int.MaxValue)
    {
        SimpleFeedReplay replay = feed.Create();
        int index = 0;
        foreach (RecordedFrame frame in frames)
        {
            if (index++ > last)
            {
                break;
            }

            replay.Feed(frame);
        }

        return replay;
    }

    private static bool SameSide(IReadOnlyDictionary<decimal, SimpleLevel> one, IReadOnlyDictionary<decimal, SimpleLevel> other) =>
        one.Values.SequenceEqual(other.Values);

    private FeedMutation? Make(int at, MutatedMessage message, Fault fault, Random random)
    {
        List<RecordedFrame> frames = [.. _frames];
        int lastTouched = at;
        string what;
        switch (fault)
        {
            case Fault.Dropped:
                frames.RemoveAt(at);
                lastTouched = at - 1;
                what = "dropped";
                break;
            case Fault.Repeated:
                frames.Insert(at + 1, frames[at]);
                what = "repeated";
                break;
            case Fault.Swapped:
                lastTouched = Enumerable.Range(at + 1, _frames.Count - at - 1).FirstOrDefault(i => _what[i].Name == _what[at].Name, -1);
                if (lastTouched < 0)
                {
                    return null;
                }

                // Arrival times stay where they are.
                frames[at] = _frames[lastTouched] with { ReceivedAtNs = _frames[at].ReceivedAtNs };
                frames[lastTouched] = _frames[at] with { ReceivedAtNs = _frames[lastTouched].ReceivedAtNs };
                what = $"swapped with frame {lastTouched}";
                break;
            default:
                string? text = Alter(TextOf(_frames[at]), message, fault, random, out what);
                if (text is null)
                {
                    return null;
                }

                frames[at] = _frames[at] with { Bytes = Encoding.UTF8.GetBytes(text) };
                break;
        }

        var place = new Place(frames, at, lastTouched, message, fault);
        (string? of, int moment) = CaseOf(place);
        if (of is null || FeedMutationTable.OutcomeOf(_feed, message, fault, of) is not { } outcome)
        {
            return null;
        }

        int shownAt = outcome.Shown switch
        {
            FaultShown.AtOnce => moment,
            FaultShown.NextMessage => NextMessage(place),
            FaultShown.NextChecksum => NextChecksum(place),
            _ => -1,
        };
        bool canShow = shownAt >= 0 || outcome.Shown is not (FaultShown.NextMessage or FaultShown.NextChecksum);
        List<string> others = [.. _liveBefore[at].Where(symbol => symbol != _symbols[at])];
        return canShow && HasNextFrame(place)
            ? new FeedMutation(_feed, frames, at, _symbols[at], message, fault, of, shownAt, others, $"frame {at} ({message}): {what}")
            : null;
    }

    /// <summary>Which of the cases it is; null = one that is not in the table, such as a count of frames that begins again.</summary>
    /// <remarks>Beside it the frame, of those with the fault, at which the levels differ where a checksum covers them; else where the fault is.</remarks>
    private (string? Case, int Moment) CaseOf(Place place)
    {
        if (place.Fault == Fault.LastSequenceAltered)
        {
            return (CaseOfSequence(place), place.At);
        }

        bool isAltered = place.Fault is Fault.PriceAltered or Fault.QuantityAltered;
        if (isAltered && Replay(_feed, place.Frames, place.At).Rejected > 0)
        {
            // An update with a price that came twice is no value of the venue.
            return (place.Message == MutatedMessage.Snapshot ? FeedCases.OrderBroken : null, place.At);
        }

        // Where numbers show it, the levels do not matter.
        if (FeedMutationTable.OutcomeOf(_feed, place.Message, place.Fault, FeedCases.Any) is not null)
        {
            return (FeedCases.Any, place.At);
        }

        int moment = Moment(place);
        string? of = CaseAt(place, moment);
        bool isCheckedTwice = place.Fault == Fault.Swapped && place.Message == MutatedMessage.Delta && _feed.Checksum == FeedChecksum.InEach;
        return !isCheckedTwice || of == FeedCases.Best ? (of, place.At)
            : CaseAt(place, place.LastTouched) == FeedCases.Best ? (FeedCases.Best, place.LastTouched)
            : (of == FeedCases.Same ? CaseAt(place, place.LastTouched) : of, place.At);
    }

    private string? CaseAt(Place place, int moment)
    {
        if (moment < 0)
        {
            return null;
        }

        int original = place.Fault == Fault.Dropped ? moment + 1
            : place.Fault != Fault.Swapped || _feed.Checksum == FeedChecksum.None ? moment
            : moment == place.At ? place.LastTouched
            : moment == place.LastTouched ? place.At : moment;
        SimpleBook? clean = BookAt(_frames, original, _symbols[place.At]);
        SimpleBook? altered = BookAt(place.Frames, moment, _symbols[place.At]);
        return clean is null || altered is null ? null
            : SameBooks(clean, altered) ? FeedCases.Same
            : SimpleCrc32.Of(clean, "") != SimpleCrc32.Of(altered, "") ? FeedCases.Best : FeedCases.Deeper;
    }

    /// <summary>The frame, of those with the fault, at which the levels are compared: where the next checksum is, or where the fault is done.</summary>
    private int Moment(Place place)
    {
        switch (_feed.Checksum)
        {
            case FeedChecksum.Apart:
                int checksum = NextChecksum(place);
                return checksum >= 0 ? checksum : place.Frames.Count - 1;
            case FeedChecksum.InEach when place.Fault is Fault.Dropped or Fault.StreamNameAltered || (place.Fault == Fault.Swapped && place.Message == MutatedMessage.Snapshot):
                return NextMessage(place);
            case FeedChecksum.InEach:
                return place.At;
            default:
                return place.LastTouched;
        }
    }

    private string? CaseOfSequence(Place place)
    {
        long before = SequenceOf(_frames[place.At]);
        long after = SequenceOf(place.Frames[place.At]);

        // A count that begins at 0 is a new connection.
        return _feed.Sequence switch
        {
            FeedSequence.Links => FeedCases.Any,
            FeedSequence.Frames when after == 0 => null,
            FeedSequence.Frames when after == before - 1 => FeedCases.Equal,
            FeedSequence.Frames when after == before + 1 && place.Message == MutatedMessage.Snapshot => FeedCases.RaisedByOne,
            _ => after > before ? FeedCases.Raised : FeedCases.Lowered,
        };
    }

    /// <summary>The next frame that a missing one shows on: of the stream, or of the connection where its frames are counted.</summary>
    private int NextMessage(Place place) => Find(place.Frames, place.LastTouched + 1, frame => _feed.Sequence == FeedSequence.Frames
        ? Regex.IsMatch(TextOf(frame), _feed.Patterns.Sequence!)
        : NameOf(frame) == _what[place.At].Name);

    private int NextChecksum(Place place) => Find(
        place.Frames, place.At, frame => NameOf(frame) == _what[place.At].Name && TextOf(frame).Contains("\"cs\"", StringComparison.Ordinal));

    // What is damaged on a counted connection shows on all its books with the next frame.
    private bool HasNextFrame(Place place) => _feed.Sequence != FeedSequence.Frames || NextMessage(place) >= 0;

    private static int Find(List<RecordedFrame> frames, int start, Predicate<RecordedFrame> predicate)
    {
        for (int i = start; i < frames.Count; i++)
        {
            if (predicate(frames[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private string? NameOf(RecordedFrame frame) => _feed.Create().NameAtStart(TextOf(frame));

    private static string TextOf(RecordedFrame frame) => Encoding.UTF8.GetString(frame.Bytes.Span);

    private long SequenceOf(RecordedFrame frame) => long.Parse(
        Regex.Match(TextOf(frame), _feed.Patterns.Sequence!).Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The book behind a frame if no checksum were looked at.</summary>
    private SimpleBook? BookAt(IReadOnlyList<RecordedFrame> frames, int last, string? symbol)
    {
        return Replay(_feed, _feed.Checksum == FeedChecksum.None ? frames : frames.Select(WithoutChecksum), last).Streams.FirstOrDefault(stream => stream.Symbol == symbol)?.Book;
    }

    private static RecordedFrame WithoutChecksum(RecordedFrame frame)
    {
        string text = TextOf(frame);
        string without = Checksums().Replace(text, static match => match.Value[1] == 'c' && match.Value[2] == 's' ? "\"hb\"" : "\"checksum\":0");
        return without == text ? frame : frame with { Bytes = Encoding.UTF8.GetBytes(without) };
    }

    // Null when the message has nothing of the kind.
    private string? Alter(string text, MutatedMessage message, Fault fault, Random random, out string what)
    {
        what = "";
        if (fault is Fault.Truncated or Fault.TruncatedEarly)
        {
            return Truncate(text, fault == Fault.TruncatedEarly, random, out what);
        }

        bool hasRows = message is MutatedMessage.Delta or MutatedMessage.Snapshot;
        string? pattern = fault switch
        {
            Fault.PriceAltered when hasRows => _feed.Patterns.Price,
            Fault.QuantityAltered when hasRows => _feed.Patterns.Quantity,
            Fault.OrderCountAltered when hasRows => _feed.Patterns.OrderCount,
            Fault.LastSequenceAltered when _feed.Sequence != FeedSequence.None => _feed.Patterns.Sequence,
            Fault.PreviousSequenceAltered when hasRows && _feed.Sequence == FeedSequence.Links => _feed.Patterns.Previous,
            Fault.ChecksumAltered => _feed.Patterns.Checksum,
            Fault.SymbolAltered when hasRows => _feed.Patterns.Symbol,
            Fault.StreamNameAltered when message != MutatedMessage.Other => _feed.Patterns.StreamName,
            _ => null,
        };
        MatchCollection? matches = pattern is null ? null : Regex.Matches(text, pattern);
        if (matches is null or { Count: 0 })
        {
            return null;
        }

        Group field = matches[random.Next(matches.Count)].Groups[1];

        // Only a string can be zero: as a JSON number it would be a level without amount, which is no value of the venue; nor is such a snapshot level.
        bool zeroAllowed = fault == Fault.QuantityAltered && message == MutatedMessage.Delta && _feed.Patterns != FeedPatterns.Bitfinex;
        for (int draw = 0; draw < DrawsMax; draw++)
        {
            string altered = AlterOne(field.Value, random);
            string whole = text[..field.Index] + altered + text[(field.Index + field.Length)..];
            bool isNumber = altered[0] != '0' || altered.Length == 1 || altered[1] == '.';
            bool isZero = altered.All(static c => c is '0' or '.');
            bool isStrange = fault != Fault.StreamNameAltered || !_names.Contains(_feed.Create().NameAtStart(whole) ?? "");
            if (isNumber && (zeroAllowed || !isZero) && isStrange)
            {
                what = $"{fault}: {field.Value} to {altered}";
                return whole;
            }
        }

        return null;
    }

    private string? Truncate(string text, bool isEarly, Random random, out string what)
    {
        SimpleFeedReplay reader = _feed.Create();
        string? name = reader.NameAtStart(text);
        int named = name is null ? -1 : Enumerable.Range(1, text.Length - 1).FirstOrDefault(length => reader.NameAtStart(text[..length]) == name, -1);
        what = "";
        if (named < 2)
        {
            return null;
        }

        int cut = isEarly ? random.Next(1, named) : random.Next(named, text.Length);
        what = $"cut to {cut} of {text.Length}";
        return text[..cut];
    }

    // One digit, or one letter, becomes another. Half of the time one of the last three, where sequence numbers come close to their neighbours.
    private static string AlterOne(string value, Random random)
    {
        int at;
        do
        {
            at = random.Next(2) == 0 ? random.Next(value.Length) : Math.Max(0, value.Length - 1 - random.Next(3));
        }
        while (value[at] == '.');
        char first = char.IsAsciiDigit(value[at]) ? '0' : 'A';
        int count = char.IsAsciiDigit(value[at]) ? 10 : 26;
        char other = (char)(first + (value[at] - first + 1 + random.Next(count - 1)) % count);
        return value[..at] + other + value[(at + 1)..];
    }

    [GeneratedRegex("\"cs\",-?[0-9]+|\"checksum\":-?[0-9]+")]
    private static partial Regex Checksums();

    private readonly record struct Place(List<RecordedFrame> Frames, int At, int LastTouched, MutatedMessage Message, Fault Fault);
}
