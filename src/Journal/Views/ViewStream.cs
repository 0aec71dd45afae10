namespace Lob.Fast.Journal.Views;

/// <summary>One book stream that is converted.</summary>
internal sealed class ViewStream(uint id, ViewInstrument instrument, string channel)
{
    public uint Id { get; } = id;

    public ViewInstrument Instrument { get; } = instrument;

    /// <summary>Channel in the venue's own words.</summary>
    public string Channel { get; } = channel;

    /// <summary>Whether another channel of the same instrument is converted too, so that the symbol alone names no file.</summary>
    public bool HasSiblings => Instrument.Streams.Count > 1;

    public override string ToString() => $"{Engine.Records.VenueNames.ToName(Instrument.Venue)} {Instrument.Symbol} {Channel}";
}
