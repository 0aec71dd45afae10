namespace Lob.Fast.Venues.Sessions;

/// <summary>Keys from the environment's variables.</summary>
internal sealed class EnvironmentCredentials : ICredentialSource
{
    /// <inheritdoc/>
    public string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
