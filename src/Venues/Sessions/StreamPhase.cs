namespace Lob.Fast.Venues.Sessions;

/// <summary>Where one stream stands on its connection.</summary>
internal enum StreamPhase
{
    /// <summary>To be subscribed.</summary>
    Wanted,

    /// <summary>Asked for, not acknowledged.</summary>
    Asked,

    /// <summary>Acknowledged.</summary>
    Running,

    /// <summary>To be unsubscribed, and then subscribed again.</summary>
    Leaving,

    /// <summary>The end was asked for, not acknowledged.</summary>
    AskedToLeave,

    /// <summary>Refused by the venue though it ran before: tried again with the next connection.</summary>
    Refused,
}
