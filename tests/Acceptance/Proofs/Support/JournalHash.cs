using System.Security.Cryptography;
using System.Text;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>One value for all a journal holds.</summary>
internal static class JournalHash
{
    /// <summary>Over the names and bytes of all segments.</summary>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in Directory.GetFiles(folder, "*.lobj").Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            hash.AppendData(File.ReadAllBytes(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
