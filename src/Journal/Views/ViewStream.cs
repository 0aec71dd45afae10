namespace Lob.Fast.Journal.Views;

/// <summary>One book stream that is converted.</summary>
internal sealed class ViewStream(uint id, ViewInstrument instrument, string channel)
{
    private string? _stem;

    public uint Id { get; } = id;

    public ViewInstrument Instrument { get; } = instrument;

    /// <summary>Channel in the venue's own words.</summary>
    public string Channel { get; } = channel;

    /// <summary>Whether another channel of the same instrument is converted too, so that the symbol alone names no file.</summary>
    public bool HasSiblings => KnownSiblings ?? Instrument.Streams.Count > 1;

    /// <summary>What <see cref="HasSiblings"/> was when the first file got its name, where files are written before all channels are known; else null.</summary>
    public bool? KnownSiblings { get; set; }

    /// <summary>The files of a format that has one for a whole stream, without their endings.</summary>
    public string Stem => _stem ??= ViewPath.StemOf(this);

    public override string ToString() => $"{Engine.Records.VenueNames.ToName(Instrument.Venue)} {Instrument.Symbol} {Channel}";
}
