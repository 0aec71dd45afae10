using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Lob.Fast.Venues.Tests.Support;

/// <summary>A certificate for <c>localhost</c> that nobody has issued, and its file.</summary>
internal sealed class OwnCertificate : IDisposable
{
    private OwnCertificate(X509Certificate2 certificate, string file)
    {
        Certificate = certificate;
        File = file;
    }

    public X509Certificate2 Certificate { get; }

    public string File { get; }

    public static OwnCertificate Make()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        string file = Path.Combine(Path.GetTempPath(), $"lob-fast-{Guid.NewGuid():N}.pem");
        System.IO.File.WriteAllText(file, certificate.ExportCertificatePem());
        return new OwnCertificate(certificate, file);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        System.IO.File.Delete(File);
    }
}
