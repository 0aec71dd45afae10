namespace Lob.Fast.VenueSim;

/// <summary>What a client of Coinbase Exchange signs with.</summary>
/// <param name="Key">Name of the key.</param>
/// <param name="Secret">In base64.</param>
/// <param name="Passphrase">Sent as it is.</param>
public sealed record CoinbaseCredentials(string Key, string Secret, string Passphrase);
