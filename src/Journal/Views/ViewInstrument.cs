using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>An instrument as the last definition in the part of the journal that is converted has it.</summary>
internal sealed class ViewInstrument(Venue venue, string symbol)
{
    public Venue Venue { get; } = venue;

    /// <summary>The venue's own symbol.</summary>
    public string Symbol { get; } = symbol;

    public InstrumentDefinition Definition { get; set; }

    public InstrumentLimits Limits { get; set; }

    /// <summary>Book streams that are converted.</summary>
    public List<ViewStream> Streams { get; } = [];
}
