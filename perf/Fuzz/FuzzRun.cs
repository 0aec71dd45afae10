using System.Diagnostics;
using Lob.Fast.Baselines;
using Lob.Fast.Baselines.Schemas;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>
/// Damaged frames of one source through the engine and through the venue's schema. A round begins with an engine that has seen nothing, plays the
/// beginning of the recording up to a place that is drawn, and then mixes damaged frames with good ones. After a difference the round ends, because
/// engine and schema may then hold different things to be true.
/// </summary>
public sealed class FuzzRun(FramePool pool, FuzzReport report, int seed)
{
    // Of ten frames behind the opening: damaged ones, the next of the recording, and good ones drawn.
    private const int MutatedOfTen = 8;
    private const int NextOfTen = 1;

    // A round costs its opening, and few of its books stay alive for long: it is short, but as long as it takes to be worth its opening.
    private const int FramesPerRoundMin = 60;
    private const int OpeningBytesPerFrame = 200;

    // How far a round plays beyond the frame behind which all books are live.
    private const int OpeningVaries = 30;

    private readonly Random _random = new(seed);
    private readonly FrameMutator _mutator = new(seed + 1);
    private long _frameStartedAt;
    private byte[] _frameAtHand = [];

    /// <summary>The frame at hand and how long the engine has had it; for a watchdog on another thread.</summary>
    public (byte[] Frame, TimeSpan Since) AtHand
    {
        get
        {
            long startedAt = Volatile.Read(ref _frameStartedAt);
            return (_frameAtHand, startedAt == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(startedAt));
        }
    }

    /// <summary>Plays rounds until that many damaged frames are through.</summary>
    public void Play(long frames)
    {
        FuzzCounts counts = report.Of(pool.Source.Venue);
        long until = counts.Mutated + frames;
        long startedAt = Stopwatch.GetTimestamp();
        while (counts.Mutated < until)
        {
            PlayRound(counts, until);
        }

        counts.ElapsedNs += (long)Stopwatch.GetElapsedTime(startedAt).TotalNanoseconds;
    }

    private void PlayRound(FuzzCounts counts, long until)
    {
        using var engine = new FuzzEngine(pool.Source.Venue, pool.Source.Symbol);
        VenueSchema schema = VenueSchema.Create(pool.Source.Venue, pool.Source.Symbol);
        int next = 0;
        int opening = _random.Next(10) == 0 ? _random.Next(pool.LiveAfter + 1) : Math.Min(pool.Opening.Count, pool.LiveAfter + _random.Next(OpeningVaries));
        while (next < opening && counts.Mutated < until)
        {
            RecordedFrame frame = pool.Opening[next++];
            if (!Check(engine, schema, counts, frame, frame.Bytes.ToArray(), FrameMutation.None))
            {
                return;
            }
        }

        int frames = FramesPerRoundMin + (int)(pool.Opening.Take(opening).Sum(static frame => (long)frame.Bytes.Length) / OpeningBytesPerFrame);
        for (int left = frames; left > 0 && counts.Mutated < until; left--)
        {
            RecordedFrame frame;
            MutatedFrame mutated;
            int draw = _random.Next(10);
            if (draw < MutatedOfTen)
            {
                frame = pool.Draw(_random);
                mutated = _mutator.Mutate(frame.Bytes.ToArray(), pool.Draw(_random).Bytes.ToArray());
            }
            else
            {
                bool inOrder = draw < MutatedOfTen + NextOfTen && next < pool.Opening.Count;
                frame = inOrder ? pool.Opening[next++] : pool.Draw(_random);
                mutated = new MutatedFrame(frame.Bytes.ToArray(), FrameMutation.None);
            }

            if (!Check(engine, schema, counts, frame, mutated.Bytes, mutated.Mutation))
            {
                return;
            }
        }
    }

    // False = the round ends: a difference, or a frame behind which nothing can be compared.
    private bool Check(FuzzEngine engine, VenueSchema schema, FuzzCounts counts, RecordedFrame recorded, byte[] bytes, FrameMutation mutation)
    {
        long broken = engine.Broken;
        _frameAtHand = bytes;
        long startedAt = Stopwatch.GetTimestamp();
        Volatile.Write(ref _frameStartedAt, startedAt);
        DecodeResult result;
        string fault;
        try
        {
            result = engine.Take(bytes, recorded, out fault);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            (result, fault) = (default, exception.ToString());
        }

        long elapsedNs = (long)Stopwatch.GetElapsedTime(startedAt).TotalNanoseconds;
        Volatile.Write(ref _frameStartedAt, 0);
        counts.Frames++;
        counts.Mutated += mutation == FrameMutation.None ? 0 : 1;
        counts.Broken += engine.Broken - broken;
        counts.Slowest = elapsedNs > counts.Slowest.Ns ? (elapsedNs, bytes.Length) : counts.Slowest;
        Count(counts, result);

        SchemaVerdict verdict = schema.Judge(bytes, recorded.Symbol);
        string expected = verdict.ToString().ToLowerInvariant();
        if (fault.Length > 0)
        {
            report.Add(new Difference(pool.Source.Venue, mutation, Difference.Fault, expected, fault, bytes));
            return false;
        }

        // What is JSON must not be rejected as if it were none. (The other way round the first fault met is named, whichever it is.)
        if (schema.IsJson && IsOfJson(result.Reason))
        {
            report.Add(new Difference(pool.Source.Venue, mutation, Difference.Fault, expected, $"called {result.Reason}, but it is JSON", bytes));
            return false;
        }

        string found = result.Outcome switch
        {
            DecodeOutcome.Records => "accept",
            DecodeOutcome.Rejected => $"reject {result.Reason}",
            _ => "other",
        };
        bool agree = verdict switch
        {
            SchemaVerdict.Accept => found == "accept",
            SchemaVerdict.Other => found == "other",
            SchemaVerdict.List => result.Outcome != DecodeOutcome.Rejected,
            _ => result.Outcome == DecodeOutcome.Rejected,
        };

        if (!agree)
        {
            report.Add(new Difference(pool.Source.Venue, mutation, found, expected, schema.Fault.Text, bytes));
        }

        // Behind a frame that counts where it is rejected the twin, which does not see it then, would be right to differ.
        return agree && !schema.DependsOnRejected;
    }

    private static bool IsOfJson(RejectReason reason) => reason is RejectReason.Syntax or RejectReason.Truncated or RejectReason.TrailingGarbage
        or RejectReason.NotUtf8 or RejectReason.TooDeep or RejectReason.Empty;

    private static void Count(FuzzCounts counts, in DecodeResult result)
    {
        switch (result.Outcome)
        {
            case DecodeOutcome.Records:
                counts.Accepted++;
                break;
            case DecodeOutcome.Control:
                counts.Control++;
                break;
            case DecodeOutcome.UnknownEvent:
                counts.Unknown++;
                break;
            default:
                counts.Rejected[result.Reason] = counts.Rejected.GetValueOrDefault(result.Reason) + 1;
                break;
        }
    }
}
