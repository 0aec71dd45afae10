namespace Lob.Fast.Engine.Pipeline;

/// <summary>What a decoder made of a frame.</summary>
public enum DecodeOutcome : byte
{
    /// <summary>Records: definitions of what is new, then the message.</summary>
    Records = 0,

    /// <summary>Valid JSON of an event this decoder does not turn into records; counted by its name.</summary>
    UnknownEvent = 1,

    /// <summary>An acknowledgement, notice or error of the venue about the connection itself; counted by its name.</summary>
    Control = 2,

    /// <summary>Not taken in; see <see cref="DecodeResult.Reason"/>.</summary>
    Rejected = 3,
}
