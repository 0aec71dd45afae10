using Microsoft.Extensions.Hosting;

namespace Lob.Fast.VenueSim.Hosting;

/// <summary>Leaves signals to the program that has started the local exchange: the host's own lifetime would swallow Ctrl-C and SIGTERM.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
