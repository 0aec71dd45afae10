using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Journal.Tests.Support;

/// <summary>What a test starts in a process of its own, to be killed or to run into a full disk.</summary>
internal static class Program
{
    public const int ExitUsage = 2;
    public const int ExitJournalException = 3;

    /// <summary>Messages after which a writer that nobody kills stops by itself.</summary>
    private const int MessagesMax = 20_000_000;

    public static int Main(string[] args)
    {
        if (args is not ["append", string folder, string session])
        {
            Console.Error.WriteLine("append FOLDER SESSION");
            return ExitUsage;
        }

        try
        {
            Append(folder, int.Parse(session));
            return 0;
        }
        catch (JournalException exception)
        {
            Console.WriteLine(exception.Message);
            return ExitJournalException;
        }
    }

    /// <summary>Appends as fast as it can until it is killed, over many small segments.</summary>
    private static void Append(string folder, int session)
    {
        MessageMaker maker = new(session, session: session);
        using JournalWriter writer = JournalWriter.OpenForAppend(folder, maker, Journals.Small);
        Console.WriteLine("appending");
        for (int i = 0; i < MessagesMax; i++)
        {
            Journals.Put(writer, maker, maker.Any(30));
            if (i % 50 == 0)
            {
                writer.Sealed();
            }
        }
    }
}
