using Lob.Fast.Codecs;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Writing;

namespace Lob.Fast.Cli.Replaying;

/// <summary>
/// The state at the end of an existing journal: its last checkpoint, and the inputs behind it through the logic again. Computed when the writer asks for it, because
/// only then is the journal locked and recovered.
/// </summary>
internal sealed class ContinuedState(string folder, Logic<JournalSink> logic, IVenueDecoder decoder) : ICheckpointSource
{
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

        logic.WriteDefinitions(decoder.Learn);
        logic.WriteCheckpoint(target);
    }
}
