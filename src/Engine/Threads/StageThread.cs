using System.Runtime.CompilerServices;

namespace Lob.Fast.Engine.Threads;

/// <summary>A named thread of a pipeline that runs one stage to its end and keeps what ended it early.</summary>
public sealed class StageThread
{
    /// <summary>
    /// Under the JIT a thread is pinned so long after its start: by then the runtime has compiled its loops for the second time, on threads of its own that
    /// would inherit the pinning. Native code is pinned at once.
    /// </summary>
    public static readonly TimeSpan WarmUp = RuntimeFeature.IsDynamicCodeSupported ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;

    private readonly Thread _thread;

    private StageThread(Thread thread) => _thread = thread;

    /// <summary>Starts a thread.</summary>
    /// <param name="name">Its name, which the system shows too.</param>
    /// <param name="core">Core it is kept on once it is warm; null = the system places it.</param>
    /// <param name="stage">What it runs.</param>
    /// <param name="failure">Gets what the stage throws.</param>
    /// <param name="onFailure">Then called, on the same thread: lets go those that wait for this stage.</param>
    public static StageThread Start(string name, int? core, Action stage, StageFailure failure, Action? onFailure = null)
    {
        var thread = new Thread(() =>
        {
            try
            {
                using IDisposable? pin = core is { } number ? CoreAffinity.Pin(number, WarmUp) : null;
                stage();
            }
            catch (Exception exception)
            {
                failure.Set(exception);
                onFailure?.Invoke();
            }
        })
        {
            Name = name,
            IsBackground = true,
        };
        thread.Start();
        return new StageThread(thread);
    }

    /// <summary>Runs a stage on a thread of its own while the calling one waits for its end; throws what it threw.</summary>
    public static void Run(string name, int? core, Action stage)
    {
        var failure = new StageFailure();
        Start(name, core, stage, failure).Join();
        failure.ThrowIfAny();
    }

    /// <summary>Waits for its end.</summary>
    public void Join() => _thread.Join();
}
