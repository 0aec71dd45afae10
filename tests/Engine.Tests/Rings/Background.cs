namespace Lob.Fast.Engine.Tests.Rings;

/// <summary>A call on a thread of its own, whose end can be waited for with patience.</summary>
internal sealed class Background<T>
{
    private readonly Thread _thread;
    private T? _result;

    public Background(Func<T> call)
    {
        _thread = new Thread(() => _result = call()) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>What the call returned. Only behind <see cref="EndsWithin"/>.</summary>
    public T Result => _result!;

    public bool EndsWithin(TimeSpan time) => _thread.Join(time);
}
