using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Lob.Fast.Cli.Live;

/// <summary>Where log lines go: to stderr by the library's own queue and thread, or to a file while the terminal shows the status.</summary>
internal static class Logs
{
    /// <summary>JSON lines instead of text, for whoever collects them.</summary>
    public const string FormatVariable = "LOB_LOG";

    public static ILoggerFactory Create(string folder, bool isToFile) => LoggerFactory.Create(builder =>
    {
        if (isToFile)
        {
            _ = builder.AddProvider(new FileLog(Path.Combine(folder, "lob.log")));
            return;
        }

        if (Environment.GetEnvironmentVariable(FormatVariable) == "json")
        {
            _ = builder.AddJsonConsole(static options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            _ = builder.AddSimpleConsole(static options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "HH:mm:ss.fff ";
                options.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        }

        _ = builder.AddConsole(static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
