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
    ConvertVerb.Create(),
    ImportVerb.Create(),
    CollectVerb.Create(),
    RunVerb.Create(),
    SnapshotVerb.Create(),
    SymbolsVerb.Create(),
    DoctorVerb.Create(),
    SimVerb.Create(),
    BenchVerb.Create(),
};
root.Options.OfType<VersionOption>().Single().Action = new VersionAction();

ParseResult command = root.Parse(args);
bool isUsageError = command.Errors.Count > 0;

// The help that comes with a usage error is for people too: stdout stays empty for the program that reads it.
int exitCode = command.Invoke(new InvocationConfiguration { Output = isUsageError ? Console.Error : Console.Out });
return isUsageError ? ExitCode.Usage : exitCode;
