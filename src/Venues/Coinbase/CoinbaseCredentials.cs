using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lob.Fast.Venues.Sessions;

namespace Lob.Fast.Venues.Coinbase;

/// <summary>An API key of Coinbase Exchange, and what it signs. Never printed.</summary>
internal sealed class CoinbaseCredentials
{
    /// <summary>Names of the variables, for messages.</summary>
    public const string Variables = "COINBASE_API_KEY, COINBASE_API_SECRET and COINBASE_API_PASSPHRASE";

    private readonly byte[] _secret;

    private CoinbaseCredentials(string key, byte[] secret, string passphrase)
    {
        Key = key;
        Passphrase = passphrase;
        _secret = secret;
    }

    public string Key { get; }

    public string Passphrase { get; }

    /// <summary>The key that the environment holds; null = none.</summary>
    /// <exception cref="FeedException">Some of the variables are missing, or the secret is not what the venue gives out.</exception>
    public static CoinbaseCredentials? Read(ICredentialSource source)
    {
        string? key = source.Read("COINBASE_API_KEY");
        string? secret = source.Read("COINBASE_API_SECRET");
        string? passphrase = source.Read("COINBASE_API_PASSPHRASE");
        if (key is null && secret is null && passphrase is null)
        {
            return null;
        }

        if (key is null || secret is null || passphrase is null)
        {
            throw new FeedException($"coinbase: {Variables} go together, and not all of them are set");
        }

        try
        {
            return new CoinbaseCredentials(key, Convert.FromBase64String(secret), passphrase);
        }
        catch (FormatException)
        {
            throw new FeedException("coinbase: COINBASE_API_SECRET is not the secret as the venue gives it out, in base64");
        }
    }

    /// <summary>The signature of a request without a body.</summary>
    /// <param name="timestamp">As <see cref="Timestamp"/> writes it.</param>
    /// <param name="pathAndQuery">Of the request; a WebSocket signs <c>/users/self/verify</c>.</param>
    public string Sign(string timestamp, string pathAndQuery) =>
        Convert.ToBase64String(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{timestamp}GET{pathAndQuery}")));

    /// <summary>Seconds since 1970.</summary>
    public static string Timestamp(DateTimeOffset now) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => "a key of Coinbase Exchange";
}
