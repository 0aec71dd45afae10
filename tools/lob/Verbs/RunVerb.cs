using System.CommandLine;
using Lob.Fast.Cli.Live;
using Lob.Fast.Cli.Output;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>run</c>: the engine, long-running, by a configuration file.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        Option<string> file = new("--config") { Description = "The configuration: JSON, described by docs/run.schema.json; ready ones are in examples/config.", Required = true, HelpName = "FILE" };
        Option<bool> check = new("--check") { Description = "Read it, say what it would do, and end." };
        Option<string?> duration = DurationText.Option("--duration", "End by itself after this time; without it at Ctrl-C or SIGTERM.");
        var command = new Command("run", "The engine, long-running: venues, journal, files and metrics as a configuration says.") { file, check, duration };
        return command.WithAction((result, json) =>
        {
            RunConfiguration configuration = ConfigurationFile.Read(result.GetValue(file)!);
            if (result.GetValue(check))
            {
                IReadOnlyList<string> plan = LiveCheck.Run(configuration);
                if (json)
                {
                    JsonOutput.Write(writer =>
                    {
                        writer.WriteBoolean("ok", true);
                        writer.WriteStartArray("plan");
                        foreach (string line in plan)
                        {
                            writer.WriteStringValue(line);
                        }

                        writer.WriteEndArray();
                    });
                }
                else
                {
                    foreach (string line in plan)
                    {
                        Console.Error.WriteLine(line);
                    }
                }

                return ExitCode.Ok;
            }

            using var shutdown = new Shutdown();
            return LiveVerbs.Run(configuration, result.GetValue(duration) is { } text ? DurationText.Parse(text) : null, json, shutdown.Token);
        });
    }
}
