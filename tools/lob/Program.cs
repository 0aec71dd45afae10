using System.CommandLine;
using Lob.Fast.Cli;
using Lob.Fast.Cli.Output;
using Lob.Fast.Cli.Verbs;

RootCommand root = new("Lob.Fast: order books that are proven right, from the raw messages of five exchanges.")
{
    DemoVerb.Create(),
    ReplayVerb.Create(),
    BookVerb.Create(),
    VerifyVerb.Create(),
    InspectVerb.Create(),
    RerunVerb.Create(),
    BenchVerb.Create(),
};
root.Options.OfType<VersionOption>().Single().Action = new VersionAction();

ParseResult command = root.Parse(args);
int exitCode = command.Invoke();
return command.Errors.Count > 0 ? ExitCode.Usage : exitCode;
