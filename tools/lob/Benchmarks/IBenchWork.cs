namespace Lob.Fast.Cli.Benchmarks;

/// <summary>Work over all frames of a recording on state that was made for it.</summary>
internal interface IBenchWork : IDisposable
{
    /// <summary>Does it once.</summary>
    void Run();
}
