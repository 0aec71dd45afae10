using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Lob.Fast.Cli.Live;

/// <summary>Log lines appended to a file, while the terminal shows something else. Any thread; never the engine's.</summary>
internal sealed class FileLog : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file;

    public FileLog(string path)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {logLevel} {formatter(state, exception)}");
        lock (_lock)
        {
            _file.WriteLine(exception == null ? line : $"{line} {exception.Message}");
        }
    }

    public void Dispose() => _file.Dispose();
}
