using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Journal.Writing;

/// <summary>
/// The state at the end of an existing journal: its last checkpoint, and the inputs behind it through the logic again. Computed when the writer asks for it,
/// because only then is the journal locked and recovered.
/// </summary>
/// <param name="folder">The journal.</param>
/// <param name="logic">A logic that has seen nothing yet, and whose sink has no writer yet.</param>
/// <param name="learn">Gets the definition (all slots) of every instrument and stream: a decoder's Learn.</param>
public sealed class ContinuedState(string folder, Logic<JournalSink> logic, Action<ReadOnlySpan<Record>> learn) : ICheckpointSource
{
    /// <inheritdoc/>
    public void WriteCheckpoint(RecordBuffer target)
    {
        using JournalReader reader = JournalReader.Open(folder);
        using JournalCursor cursor = reader.Read(reader.Segments[^1].Number);
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint)
            {
                logic.Restore(cursor.Message);
            }
            else if (!cursor.IsDerived)
            {
                logic.Process(cursor.Message);
            }
        }

        // What the earlier session counted is not this one's.
        logic.ForgetTotals();
        logic.WriteDefinitions(learn);
        logic.WriteCheckpoint(target);
    }
}
