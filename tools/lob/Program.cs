using System.CommandLine;
using Lob.Fast.Cli;

const int UsageError = 2;

RootCommand root = new("Lob.Fast: order books that are proven right, from the raw messages of five exchanges.");
root.Options.OfType<VersionOption>().Single().Action = new VersionAction();

ParseResult command = root.Parse(args);
int exitCode = command.Invoke();
return command.Errors.Count > 0 ? UsageError : exitCode;
