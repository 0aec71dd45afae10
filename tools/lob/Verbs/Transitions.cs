using System.Globalization;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Verbs;

/// <summary>The one log line of a book's change of state.</summary>
internal static class Transitions
{
    public static void Log(BookTransition transition)
    {
        BookStream stream = transition.Stream;
        string sequence = stream.LastSequence == Sequence.None ? "" : $" at sequence {stream.LastSequence.ToString(CultureInfo.InvariantCulture)}";
        string evidence = transition.To == BookState.Live ? $", evidence {stream.Evidence}" : "";
        Console.Error.WriteLine(
            $"{TimeText.Iso(transition.AtNs)} {stream.Instrument.Venue.ToName()} {stream.Instrument.Symbol} {stream.Channel}: {transition.From} -> {transition.To}{sequence}{evidence}");
    }
}
