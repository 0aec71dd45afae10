using Lob.Fast.Codecs;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>Venues that have a decoder; all of them have a schema.</summary>
public static class FuzzVenues
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Venue> Supported { get; } = CodecFactory.Supported;
}
