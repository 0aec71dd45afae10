namespace Lob.Fast.Journal;

/// <summary>Something that recovery or verification has to say about a place in a journal.</summary>
/// <param name="Kind">How much it matters.</param>
/// <param name="Segment">Number of the segment; −1 = the folder.</param>
/// <param name="Block">Block in the segment, from 0; −1 = header, or the segment as a whole.</param>
/// <param name="FirstRecord">First slot concerned, from the start of the segment; −1 = none.</param>
/// <param name="LastRecord">Last slot concerned.</param>
/// <param name="Text">What was expected and what was found.</param>
public sealed record JournalFinding(FindingKind Kind, int Segment, int Block, long FirstRecord, long LastRecord, string Text)
{
    /// <summary>One line: place, then text.</summary>
    public override string ToString()
    {
        string place = Segment < 0 ? "folder" : $"segment {Segment:D8}";
        place += Block < 0 ? "" : $", block {Block}";
        place += (FirstRecord, LastRecord) switch
        {
            ( < 0, _) => "",
            (long first, long last) when first == last => $", record {first}",
            _ => $", records {FirstRecord}-{LastRecord}",
        };
        return $"{place}: {Text}";
    }
}
