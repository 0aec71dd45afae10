using System.Globalization;
using System.Text.Json;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;

namespace Lob.Fast.Acceptance.Binary;

/// <summary><c>book</c> at any point of a journal is the book that the simple implementation has when it is fed up to there.</summary>
public sealed class BookPointTests
{
    private const int PointsOfAKind = 6;
    private const int Seed = 20261120;

    // Several segments, so that the answer starts from a checkpoint in the middle.
    private const string SmallSegments = "8192";

    [BinaryTheory]
    [InlineData(BinanceMarket.Spot, "BTCUSDT", Spot8)]
    [InlineData(BinanceMarket.Spot, "NKNUSDT", Nkn)]
    [InlineData(BinanceMarket.Spot, "BLZETH", Blz)]
    [InlineData(BinanceMarket.Spot, "RUNEEUR", Rune)]
    [InlineData(BinanceMarket.UsdM, "SUSHIUSDT", Sushi)]
    [InlineData(BinanceMarket.UsdM, "AKROUSDT", Akro)]
    [InlineData(BinanceMarket.UsdM, "KEEPUSDT", Keep)]
    public void Every_point_of_a_bundled_recording(BinanceMarket market, string symbol, string recording) => Check(market, symbol, recording);

    [BinaryFact(UsdM)]
    public void Every_point_of_a_long_recording_of_USD_M() => Check(BinanceMarket.UsdM, "BTCUSDT", UsdM);

    private static void Check(BinanceMarket market, string symbol, string recording)
    {
        using TemporaryFolder folder = new();
        string file = TestData.PathOf(recording);
        LobBinary.Replay(VenueOf(market).ToName(), [file], folder.Journal, "--segment-records", SmallSegments);

        foreach (Point point in Points(market, file))
        {
            JsonElement book = LobBinary.Run(["book", folder.Journal, "--symbol", symbol, "--json", .. point.Arguments]).Succeeded().Json();

            string at = $"{recording} {string.Join(' ', point.Arguments)}";
            string? state = book.GetProperty("state").GetString();
            string sequence = book.GetProperty("sequence").GetRawText();
            Assert.True(point.State == state, $"{at}: {state}, not {point.State}");
            Assert.True(point.Sequence == sequence, $"{at}: sequence {sequence}, not {point.Sequence}");
            Assert.True(point.Bids == Side(book, "bids"), $"{at}: bids differ");
            Assert.True(point.Asks == Side(book, "asks"), $"{at}: asks differ");
        }
    }

    /// <summary>Random points by time and by sequence, and what the simple implementation says there.</summary>
    private static List<Point> Points(BinanceMarket market, string file)
    {
        RecordedFrame[] frames = [.. RecordingReader.Read(file)];
        Random random = new(Seed);
        long[] times = TimesThatNeverStepBack(frames);
        int[] deltas = [.. Enumerable.Range(0, frames.Length).Where(index => LastSequence(frames[index], market) is not null)];

        // The index of the last frame that counts, and how the point is asked for.
        var wanted = new List<(int LastFrame, string[] Arguments)>
        {
            (frames.Length - 1, []),
            (LastAt(times[^1]), ["--at-time", Number(times[^1])]),
        };
        for (int i = 0; i < PointsOfAKind; i++)
        {
            long time = times[random.Next(deltas[0], frames.Length)] + random.Next(2);
            wanted.Add((LastAt(time), ["--at-time", Number(time)]));

            int place = random.Next(deltas.Length);
            long own = LastSequence(frames[deltas[place]], market)!.Value;
            bool isLast = place == deltas.Length - 1;
            long next = isLast ? own + 1000 : LastSequence(frames[deltas[place + 1]], market)!.Value;
            long sequence = own + (long)(random.NextDouble() * (next - own));
            wanted.Add((isLast ? frames.Length - 1 : deltas[place + 1] - 1, ["--at-sequence", Number(sequence)]));
        }

        wanted.Sort(static (left, right) => left.LastFrame.CompareTo(right.LastFrame));
        List<Point> points = [];
        SimpleBinanceReplay replay = new(market);
        int fed = 0;
        foreach ((int lastFrame, string[] arguments) in wanted)
        {
            for (; fed <= lastFrame; fed++)
            {
                replay.Feed(frames[fed]);
            }

            SimpleDepthStream stream = Assert.Single(replay.Streams);
            string sequence = stream.Last is { } last ? Number(last) : "null";
            points.Add(new Point(arguments, stream.State.ToString(), sequence, Side(stream.Book.Bids.Values), Side(stream.Book.Asks.Values)));
        }

        return points;

        int LastAt(long time)
        {
            int found = Array.BinarySearch(times, time + 1);
            found = found < 0 ? ~found : found;
            while (found > 0 && times[found - 1] > time)
            {
                found--;
            }

            return found - 1;
        }
    }

    private static long[] TimesThatNeverStepBack(RecordedFrame[] frames)
    {
        long latest = 0;
        return [.. frames.Select(frame => latest = Math.Max(latest, frame.ReceivedAtNs))];
    }

    private static long? LastSequence(RecordedFrame frame, BinanceMarket market) =>
        SimpleBinanceParser.Parse(frame.Bytes, market) is SimpleDelta delta ? delta.Last : null;

    private static string Side(IEnumerable<SimpleLevel> levels) => string.Join(' ', levels.Select(static level => $"{level.PriceText}x{level.QuantityText}"));

    private static string Side(JsonElement book, string side) =>
        string.Join(' ', book.GetProperty(side).EnumerateArray().Select(static level => $"{level[0].GetString()}x{level[1].GetString()}"));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record Point(string[] Arguments, string State, string Sequence, string Bids, string Asks);
}
