using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lob.Fast.Venues.Sessions;

/// <summary>
/// The TCP and TLS side of all connections of a feed: certificates always checked, proxies as the environment says (<c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>,
/// <c>NO_PROXY</c>), never for this machine's own addresses, no compression.
/// </summary>
internal static class VenueHttp
{
    /// <summary>Makes the handler that WebSockets and REST share.</summary>
    /// <param name="host">What will be connected to; only whether it is this machine matters.</param>
    /// <param name="trustedCertificates">Further certificates to trust, PEM; null = none.</param>
    /// <param name="limits">For the time a connection may take.</param>
    /// <exception cref="FeedException">The file cannot be read, or holds no certificate.</exception>
    public static SocketsHttpHandler Handler(Uri host, string? trustedCertificates, FeedLimits limits)
    {
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = limits.ConnectTimeout,
            UseProxy = !host.IsLoopback,
            UseCookies = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (trustedCertificates is not null)
        {
            X509Certificate2Collection trusted = Load(trustedCertificates);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, trusted);
        }

        return handler;
    }

    private static X509Certificate2Collection Load(string file)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FeedException($"trusted certificates cannot be read from '{file}': {e.Message}. It must be a file of certificates in PEM form (-----BEGIN CERTIFICATE-----)", e);
        }

        return certificates.Count > 0
            ? certificates
            : throw new FeedException($"'{file}' holds no certificate. It must be a file of certificates in PEM form (-----BEGIN CERTIFICATE-----)");
    }

    // The system's own verdict first. Only a chain that ends in nothing the system knows is looked at again, with the named certificates as roots;
    // a wrong name, an expired or a revoked certificate stays refused.
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection trusted)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using X509Chain again = new();
        again.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        again.ChainPolicy.CustomTrustStore.AddRange(trusted);
        again.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        again.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (chain is not null)
        {
            foreach (X509ChainElement element in chain.ChainElements)
            {
                again.ChainPolicy.ExtraStore.Add(element.Certificate);
            }
        }

        return again.Build(leaf);
    }
}
