using Lob.Fast.TestSupport;

namespace Lob.Fast.Acceptance.Python;

/// <summary>The program as users run it.</summary>
internal static class LobProgram
{
    private const string ProgramVariable = "LOB_BINARY";

    private static readonly string? Binary = Environment.GetEnvironmentVariable(ProgramVariable);

    /// <summary>Null if the program was built.</summary>
    public static string? WhySkipped { get; } =
        File.Exists(Binary) ? null : $"skipped: {ProgramVariable} does not name the program (./test.sh builds it and sets it)";

    public static ProcessRun Run(params IEnumerable<string> arguments) => ProcessRun.Of(Binary!, arguments);
}
