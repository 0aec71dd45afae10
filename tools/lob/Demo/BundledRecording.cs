using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Demo;

/// <summary>A recording inside this binary.</summary>
/// <param name="Venue">Whose messages it holds.</param>
/// <param name="Name">Its file name.</param>
/// <param name="IsSynthetic">It was made from the venue's documents, because recordings of that feed may not be passed on.</param>
internal sealed record BundledRecording(Venue Venue, string Name, bool IsSynthetic = false);
