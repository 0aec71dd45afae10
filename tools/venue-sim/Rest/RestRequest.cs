using Microsoft.AspNetCore.Http;

namespace Lob.Fast.VenueSim.Rest;

/// <summary>A request of a client.</summary>
internal sealed class RestRequest(HttpRequest request)
{
    /// <summary>With its slash at the begin.</summary>
    public string Path { get; } = request.Path.Value ?? "/";

    /// <summary>Path and query as they were sent.</summary>
    public string Target { get; } = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();

    public string? this[string name] => request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    public string? Header(string name) => request.Headers.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    /// <summary>A number of the query within bounds; the default where it is absent or none.</summary>
    public long Number(string name, long otherwise, long min, long max) =>
        long.TryParse(this[name], System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out long number)
            ? Math.Clamp(number, min, max)
            : otherwise;
}
