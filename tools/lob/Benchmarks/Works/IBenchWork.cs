namespace Lob.Fast.Cli.Benchmarks.Works;

/// <summary>Work over all frames of a recording on state that was made for it.</summary>
internal interface IBenchWork : IDisposable
{
    /// <summary>Does it once.</summary>
    void Run();

    /// <summary>Managed bytes that the last run allocated while streams and books appeared: the start, of which there is one in a day.</summary>
    long StartBytes => 0;
}
