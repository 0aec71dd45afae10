namespace Lob.Fast.Engine.Integrity;

/// <summary>How a message stands to what came before it.</summary>
internal enum Continuity
{
    /// <summary>It is the next one.</summary>
    Follows,

    /// <summary>Its content was there already.</summary>
    Repeats,

    /// <summary>Something between is missing, or it belongs elsewhere.</summary>
    Breaks,
}
