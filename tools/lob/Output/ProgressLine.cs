using System.Diagnostics;
using Spectre.Console;

namespace Lob.Fast.Cli.Output;

/// <summary>
/// A progress bar on stderr for work of over a second, when stderr is a terminal; else nothing.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int Width = 30;
    private const int CallsBetweenLooks = 1024;
    private static readonly TimeSpan ShowAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly string _what;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly bool _visible = !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Ansi;
    private long _lastDrawn;
    private int _calls;
    private bool _drawn;

    public ProgressLine(string what) => _what = what;

    /// <summary>Whether it is worth while to say how much is done: for loops that turn fast, true once in a while.</summary>
    public bool IsDue() => _visible && ++_calls % CallsBetweenLooks == 0;

    /// <summary>Says how much is done; <paramref name="share"/> is 0 to 1.</summary>
    public void Show(double share, string detail)
    {
        if (!_visible)
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(_start, now) < ShowAfter || Stopwatch.GetElapsedTime(_lastDrawn, now) < Between)
        {
            return;
        }

        _lastDrawn = now;
        _drawn = true;
        int filled = (int)(Math.Clamp(share, 0, 1) * Width);
        Console.Error.Write($"\r{_what} [{new string('#', filled)}{new string('.', Width - filled)}] {share,4:P0} {detail}\u001b[K");
    }

    public void Dispose()
    {
        if (_drawn)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
