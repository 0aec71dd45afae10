using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// What decides the rows of one book stream, without its levels: so it can be followed through a whole journal quickly, and handed to whoever
/// converts the part behind any segment's border.
/// </summary>
internal sealed class BookTrack(uint streamId)
{
    public uint StreamId { get; } = streamId;

    /// <summary>Live or stale.</summary>
    public bool IsProven { get; set; }

    /// <summary>Whether a message changed the book since the last row, or since the point at which a row was due.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The sequence that the last message applied named as the one before, or the venue's second sequence; <see cref="Sequence.None"/>.</summary>
    public long PreviousSequence { get; set; } = Sequence.None;

    /// <summary>Event time of the last message applied, Unix ns; 0 = none.</summary>
    public long VenueTimeNs { get; set; }

    /// <summary>The venue's last checksum; null if the channel has none.</summary>
    public int? Checksum { get; set; }

    /// <summary>Event time of the last row of a grid, ms; 0 = none.</summary>
    public long RowVenueTimeMs { get; set; }

    public BookTrack Copy() => (BookTrack)MemberwiseClone();

    /// <summary>Nothing is known of the book any more; the times of its rows stay.</summary>
    public void Forget()
    {
        IsChanged = false;
        PreviousSequence = Sequence.None;
        VenueTimeNs = 0;
        Checksum = null;
    }
}
