namespace Lob.Fast.Cli.Output;

/// <summary>Something the user can put right: the message says what was expected, what came and what to do. Ends the verb with its exit code.</summary>
internal sealed class UserErrorException : Exception
{
    public UserErrorException(string message) : base(message)
    {
    }

    public UserErrorException(string message, Exception inner) : base(message, inner)
    {
    }

    public UserErrorException()
    {
    }

    /// <summary>Failed, or usage where the command line itself makes no sense.</summary>
    public int ExitCode { get; init; } = Output.ExitCode.Failed;
}
