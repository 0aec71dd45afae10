namespace Lob.Fast.VenueSim;

/// <summary>Where one venue is found.</summary>
/// <param name="WebSocket">Scheme, host and port; the venue's own paths follow.</param>
/// <param name="Rest">The same for REST.</param>
/// <param name="CertificatePath">The certificate to trust, in PEM; null without TLS.</param>
public sealed record VenueEndpoint(Uri WebSocket, Uri Rest, string? CertificatePath);
