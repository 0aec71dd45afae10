namespace Lob.Fast.Venues.Sessions;

/// <summary>Where keys come from.</summary>
internal interface ICredentialSource
{
    /// <summary>The value of a variable; null = it is not set.</summary>
    string? Read(string variable);
}
