using System.CommandLine;
using System.CommandLine.Invocation;

namespace Lob.Fast.Cli;

/// <summary><c>lob --version</c>: version, framework, native or JIT, and the instruction sets.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        foreach (string line in BuildInfo.Lines())
        {
            parseResult.InvocationConfiguration.Output.WriteLine(line);
        }

        if (BuildInfo.Warning is { } warning)
        {
            parseResult.InvocationConfiguration.Error.WriteLine(warning);
        }

        return 0;
    }
}
