using System.Globalization;
using System.Net.Http.Headers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Rest;

/// <summary>
/// REST of one venue within its budget: waits for room, believes the venue's own count of what was used, keeps away for as long as it is told to. One call at a
/// time, reading its answer included.
/// </summary>
internal sealed class RestClient : IDisposable
{
    /// <summary>Some venues answer nobody who does not say who he is.</summary>
    public const string UserAgent = "lob-fast";

    private const string UsedWeight = "X-MBX-USED-WEIGHT-1M";
    private static readonly TimeSpan KeepAwayUnlessTold = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly Uri _host;
    private readonly RestProtocol _protocol;
    private readonly RateBudget _budget;
    private readonly WallClock _clock;
    private readonly TimeProvider _time;
    private readonly FeedLimits _limits;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private byte[] _body = new byte[64 * 1024];
    private long _keepAwayFrom;
    private TimeSpan _keepAway;

    /// <param name="handler">Its own: disposed with it.</param>
    /// <param name="host">Scheme, host, port, prefix of the path.</param>
    /// <param name="protocol">The venue's.</param>
    /// <param name="defaults">Its budget.</param>
    /// <param name="limits">How long an answer may take.</param>
    /// <param name="clock">For receive times.</param>
    /// <param name="time">For waits.</param>
    public RestClient(HttpMessageHandler handler, Uri host, RestProtocol protocol, VenueDefaults defaults, FeedLimits limits, WallClock clock, TimeProvider time)
    {
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _host = host;
        _protocol = protocol;
        _budget = new RateBudget(defaults.RestWeight, defaults.RestWindow, time);
        _limits = limits;
        _clock = clock;
        _time = time;
    }

    /// <summary>Asks once, within the budget.</summary>
    /// <param name="request">What for.</param>
    /// <param name="read">Reads the answer; its body is gone afterwards.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RestFaultException">No connection, no answer in time, or an answer that says no.</exception>
    public async Task<T> GetAsync<T>(RestRequest request, Func<RestAnswer, T> read, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            TimeSpan left = _keepAway - _time.GetElapsedTime(_keepAwayFrom);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, _time, cancellation).ConfigureAwait(false);
            }

            await _budget.TakeAsync(request.Weight, cancellation).ConfigureAwait(false);
            RestAnswer answer = await AskAsync(request, cancellation).ConfigureAwait(false);
            return _protocol.FaultOf(answer) is { } fault ? throw fault : read(answer);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task<RestAnswer> AskAsync(RestRequest request, CancellationToken cancellation)
    {
        Uri url = new(_host.AbsoluteUri.TrimEnd('/') + request.Path);
        using CancellationTokenSource late = new(_limits.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using HttpRequestMessage message = new(HttpMethod.Get, url);
            message.Headers.UserAgent.Add(new ProductInfoHeaderValue(UserAgent, null));
            _protocol.Prepare(message);
            using HttpResponseMessage response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            int length = await ReadBodyAsync(response, either.Token).ConfigureAwait(false);
            long receivedAtNs = _clock.NowNs;
            NoteBudget(response);
            return new RestAnswer((int)response.StatusCode, _body.AsMemory(0, length), receivedAtNs, _keepAway > TimeSpan.Zero ? _keepAway : null);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new RestFaultException($"{url.GetLeftPart(UriPartial.Path)} gave no answer within {_limits.ConnectTimeout.TotalSeconds:0.#} s", isFinal: false, inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            string inner = e.InnerException is { } cause ? $" ({cause.Message})" : "";
            throw new RestFaultException($"{url.GetLeftPart(UriPartial.Path)} cannot be asked: {e.Message}{inner}", isFinal: false, inner: e);
        }
    }

    private async Task<int> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        int length = 0;
        while (true)
        {
            if (length == _body.Length)
            {
                if (length >= Frame.BytesMax)
                {
                    throw new IOException($"the answer is longer than {Frame.BytesMax} bytes");
                }

                Array.Resize(ref _body, Math.Min(length * 2, Frame.BytesMax));
            }

            int read = await stream.ReadAsync(_body.AsMemory(length), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return length;
            }

            length += read;
        }
    }

    private void NoteBudget(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues(UsedWeight, out IEnumerable<string>? values)
            && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int used))
        {
            _budget.Raise(used);
        }

        // 429 and 418, and whoever else asks for it.
        _keepAwayFrom = _time.GetTimestamp();
        _keepAway = response.Headers.RetryAfter is { } retry
            ? retry.Delta ?? (retry.Date is { } date ? date - _time.GetUtcNow() : TimeSpan.Zero)
            : (int)response.StatusCode is 429 or 418 ? KeepAwayUnlessTold : TimeSpan.Zero;
    }
}
