using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>Keys a test gives; none unless it does.</summary>
internal sealed class GivenCredentials(params (string Variable, string Value)[] values) : ICredentialSource
{
    public string? Read(string variable) => Array.Find(values, pair => pair.Variable == variable).Value;
}
