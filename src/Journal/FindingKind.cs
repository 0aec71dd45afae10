namespace Lob.Fast.Journal;

/// <summary>How much a finding matters.</summary>
public enum FindingKind
{
    /// <summary>As it may be: an unfinished message at the tail, a leftover of a kill.</summary>
    Note = 0,

    /// <summary>Was not as it should be, and has been put right.</summary>
    Repaired = 1,

    /// <summary>Is not as it should be.</summary>
    Damage = 2,
}
