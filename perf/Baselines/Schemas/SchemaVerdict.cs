namespace Lob.Fast.Baselines.Schemas;

/// <summary>What a schema says of a frame.</summary>
public enum SchemaVerdict
{
    /// <summary>Market data as the venue writes it.</summary>
    Accept,

    /// <summary>Something else that is as it may be: an acknowledgement, a notice, a channel that is not read.</summary>
    Other,

    /// <summary>A list of instruments as the venue writes it: market data where it says something new, and else not.</summary>
    List,

    /// <summary>Not as the venue writes it.</summary>
    Reject,
}
