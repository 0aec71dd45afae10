namespace Lob.Fast.Journal.Reading;

/// <summary>Which checkpoints a cursor hands out. Each repeats the state that the messages before it lead to.</summary>
public enum CheckpointMode
{
    /// <summary>That of the segment it starts from: the state to start with.</summary>
    First = 0,

    /// <summary>Every one, between the messages: to compare, or to cut there.</summary>
    All = 1,

    /// <summary>None.</summary>
    None = 2,
}
