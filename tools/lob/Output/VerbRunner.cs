using System.CommandLine;
using Lob.Fast.Journal;

namespace Lob.Fast.Cli.Output;

/// <summary>What all verbs share: the <c>--json</c> option, and errors turned into one line and an exit code.</summary>
internal static class VerbRunner
{
    /// <summary>Adds <c>--json</c> and the action to a verb.</summary>
    public static Command WithAction(this Command command, Func<ParseResult, bool, int> action)
    {
        Option<bool> json = new("--json") { Description = "Print one JSON object on stdout." };
        command.Options.Add(json);
        command.SetAction(result => Run(command.Name, () => action(result, result.GetValue(json))));
        return command;
    }

    private static int Run(string verb, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is UserErrorException or JournalException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"lob {verb}: {error.Message}");
            return (error as UserErrorException)?.ExitCode ?? ExitCode.Failed;
        }
    }
}
