using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lob.Fast.VenueSim.Wire.Coinbase;

/// <summary>Whether a client may see what asks for a signature.</summary>
internal static class CoinbaseSignature
{
    private const double ClockSecondsMax = 30;

    /// <summary>What is wrong, in the venue's words; null = nothing.</summary>
    /// <param name="credentials">The right ones.</param>
    /// <param name="given">What the client sent; null = absent.</param>
    /// <param name="target">Method and path that were signed.</param>
    /// <param name="nowMs">The clock.</param>
    public static string? Fault(
        CoinbaseCredentials credentials, (string? Key, string? Signature, string? Timestamp, string? Passphrase) given, string target, long nowMs)
    {
        if (given.Key is null || given.Signature is null || given.Timestamp is null || given.Passphrase is null) return "authentication required";

        if (given.Key != credentials.Key) return "invalid api key";

        if (given.Passphrase != credentials.Passphrase) return "invalid passphrase";

        if (!double.TryParse(given.Timestamp, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)) return "invalid timestamp";

        if (Math.Abs((nowMs / 1000.0) - seconds) > ClockSecondsMax) return "request timestamp expired";

        byte[] right = HMACSHA256.HashData(Convert.FromBase64String(credentials.Secret), Encoding.UTF8.GetBytes(given.Timestamp + target));
        return Convert.ToBase64String(right) == given.Signature ? null : "invalid signature";
    }
}
