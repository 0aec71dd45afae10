namespace Lob.Fast.Cli.Output;

/// <summary>Something the user can put right: the message says what was expected, what came and what to do. Ends the verb with exit code 1.</summary>
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
}
