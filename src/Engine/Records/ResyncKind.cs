namespace Lob.Fast.Engine.Records;

/// <summary>Whether a book became live for the first time or again.</summary>
public enum ResyncKind : byte
{
    /// <summary>The first bridge of a stream: not a resync in the counts.</summary>
    First = 0,

    /// <summary>After a break.</summary>
    Again = 1,
}
