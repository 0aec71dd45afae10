namespace Lob.Fast.Acceptance.Oracle;

/// <summary>Which of two books a rejected frame breaks.</summary>
public enum FuzzConcern
{
    /// <summary>Neither: it belongs to another stream.</summary>
    None,

    /// <summary>The first: the frame says that it is the first one's.</summary>
    First,

    /// <summary>Both: nobody can tell whose it was.</summary>
    Both,
}
