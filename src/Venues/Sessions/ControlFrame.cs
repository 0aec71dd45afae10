namespace Lob.Fast.Venues.Sessions;

/// <summary>A frame that is not data, read. One instance a connection, used again and again by its reading loop.</summary>
internal sealed class ControlFrame
{
    public ControlKind Kind { get; set; }

    /// <summary>Number of the request it answers; null = the venue does not say.</summary>
    public long? Request { get; set; }

    /// <summary>The stream's channel; null = the whole request.</summary>
    public string? Channel { get; set; }

    /// <summary>The stream's symbol.</summary>
    public string? Symbol { get; set; }

    /// <summary>The venue's number of the subscription; 0 = none.</summary>
    public long VenueChannel { get; set; }

    /// <summary>The venue's own words.</summary>
    public string Text { get; set; } = "";

    /// <summary>Channels and symbols the connection is subscribed to.</summary>
    public List<(string Channel, string Symbol)> Listed { get; } = [];

    public void Clear()
    {
        Kind = ControlKind.None;
        Request = null;
        Channel = null;
        Symbol = null;
        VenueChannel = 0;
        Text = "";
        Listed.Clear();
    }
}
