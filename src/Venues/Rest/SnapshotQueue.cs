using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Rest;

/// <summary>
/// The books that streams start with, asked of REST one after the other within the venue's budget, and again until they come. One a symbol at a time; a connection
/// that was closed meanwhile gets no answer of before.
/// </summary>
internal sealed class SnapshotQueue(FeedContext context)
{
    private readonly Lock _gate = new();
    private readonly List<Job> _jobs = [];
    private readonly WakeSignal _signal = new(context.Time);

    /// <summary>Asks for the book of a stream. Any thread, never waits.</summary>
    /// <param name="connection">Whose stream it is.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="isProbe">Only find out whether the symbol exists.</param>
    public void Ask(VenueConnection connection, FeedStream stream, bool isProbe)
    {
        lock (_gate)
        {
            if (_jobs.Exists(job => job.Connection == connection && job.Stream == stream && job.Generation == connection.Generation))
            {
                return;
            }

            _jobs.Add(new Job(connection, stream, connection.Generation, isProbe) { Due = context.Time.GetTimestamp() });
        }

        _signal.Set();
    }

    /// <summary>Works until cancelled.</summary>
    /// <exception cref="FeedException">The venue does not know a symbol.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (Next(out TimeSpan wait) is not { } job)
            {
                await _signal.WaitAsync(wait, cancellation).ConfigureAwait(false);
                continue;
            }

            if (job.Generation == job.Connection.Generation && !await IsDoneAsync(job, cancellation).ConfigureAwait(false))
            {
                continue;
            }

            lock (_gate)
            {
                _jobs.Remove(job);
            }

            if (!job.IsProbe && job.Generation == job.Connection.Generation)
            {
                job.Connection.SnapshotDone(job.Stream);
            }
        }
    }

    private Job? Next(out TimeSpan wait)
    {
        wait = TimeSpan.FromMinutes(1);
        lock (_gate)
        {
            if (_jobs.Count == 0)
            {
                return null;
            }

            Job first = _jobs.MinBy(static job => job.Due)!;
            long now = context.Time.GetTimestamp();
            wait = context.Time.GetElapsedTime(now, first.Due);
            return wait <= TimeSpan.Zero ? first : null;
        }
    }

    private async Task<bool> IsDoneAsync(Job job, CancellationToken cancellation)
    {
        try
        {
            RestRequest request = job.IsProbe
                ? context.RestProtocol.Probe(job.Stream.Symbol)
                : context.RestProtocol.Snapshot(job.Stream.Symbol, context.Options.Depth);
            return await context.Rest.GetAsync(request, answer => Take(job, answer), cancellation).ConfigureAwait(false);
        }
        catch (RestFaultException fault) when (fault.IsFinal && !job.Stream.HasAnswered)
        {
            throw new FeedException($"{job.Connection.Name}: the venue refuses {job.Stream.Symbol}: {fault.Message}. {context.Protocol.Advice}", fault);
        }
        catch (RestFaultException fault)
        {
            TimeSpan backOff = BackOff.Of(job.Tries, context.Limits, context.Random);
            TimeSpan wait = fault.KeepAway is { } keepAway && keepAway > backOff ? keepAway : backOff;
            job.Tries++;
            job.Due = context.Time.GetTimestamp() + (long)(wait.TotalSeconds * context.Time.TimestampFrequency);
            job.Connection.NoteFault($"book of {job.Stream.Symbol} not got by REST: {fault.Message}");
            SessionLog.AnswerFailed(context.Log, job.Connection.Name, job.Stream.Symbol, fault.Message, (long)wait.TotalMilliseconds);
            return false;
        }
    }

    private bool Take(Job job, RestAnswer answer)
    {
        job.Stream.HasAnswered = true;
        if (!job.IsProbe)
        {
            job.Connection.Answer(job.Stream, job.Generation, answer.Body.Span, answer.ReceivedAtNs);
            SessionLog.Answered(context.Log, job.Connection.Name, job.Stream.Symbol, answer.Body.Length);
        }

        return true;
    }

    private sealed class Job(VenueConnection connection, FeedStream stream, long generation, bool isProbe)
    {
        public VenueConnection Connection { get; } = connection;

        public FeedStream Stream { get; } = stream;

        public long Generation { get; } = generation;

        public bool IsProbe { get; } = isProbe;

        public long Due { get; set; }

        public int Tries { get; set; }
    }
}
