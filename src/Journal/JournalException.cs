namespace Lob.Fast.Journal;

/// <summary>A journal cannot be written, read or trusted. The message names the path, what was expected, what came and what to do.</summary>
public sealed class JournalException : Exception
{
    /// <summary>With a message.</summary>
    public JournalException(string message) : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public JournalException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>Without a message.</summary>
    public JournalException()
    {
    }
}
