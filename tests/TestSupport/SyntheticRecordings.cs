using System.Text;
using System.Text.Json;

namespace Lob.Fast.TestSupport;

/// <summary>
/// The recordings of <c>tests/data/synthetic</c> and what a right engine must report about each (<c>expected.json</c> there, made with them). They are in the
/// repository, so a test that uses them needs no attribute.
/// </summary>
public static class SyntheticRecordings
{
    private const string FolderName = "synthetic";
    private const uint PolynomialReflected = 0xEDB88320;

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Lazy<IReadOnlyDictionary<string, ExpectedRecording>> Expected = new(static () =>
        JsonSerializer.Deserialize<Dictionary<string, ExpectedRecording>>(File.ReadAllText(Recordings.PathOf($"{FolderName}/expected.json")), Form)!);

    /// <summary>Names of all, without <c>.gz</c>.</summary>
    public static IEnumerable<string> Names => Expected.Value.Keys;

    /// <summary>The full path of a recording.</summary>
    /// <param name="name">For example <c>okx_books_2026.rec</c>, whether it is compressed or not.</param>
    public static string PathOf(string name) => Recordings.PathOf($"{FolderName}/{name}");

    /// <summary>What must be found in a recording.</summary>
    public static ExpectedRecording Of(string name) => Expected.Value[name];

    /// <summary>What must be left of a book at the end, best first: <c>price:quantity</c>, <c>price:quantity:orders</c> or <c>order id:price:quantity</c>.</summary>
    public static (IReadOnlyList<string> Bids, IReadOnlyList<string> Asks) FinalBook(string name, string book)
    {
        ExpectedBook expected = Of(name).Books[book];
        return expected.FinalBookAsIn is { } other ? FinalBook(other, book) : (Texts(expected.Bids!), Texts(expected.Asks!));
    }

    /// <summary>A row of the file in the form of <see cref="FinalBook"/>.</summary>
    public static string Text(IEnumerable<JsonElement> row) => string.Join(':', row.Select(static field => field.ToString()));

    /// <summary>The fingerprint (<see cref="ExpectedProbe.Fingerprint"/>) of a book whose rows are written as in <see cref="FinalBook"/>.</summary>
    public static uint Fingerprint(IEnumerable<string> bids, IEnumerable<string> asks)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in Encoding.ASCII.GetBytes($"{string.Join(',', bids)}|{string.Join(',', asks)}"))
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : PolynomialReflected);
            }
        }

        return ~crc;
    }

    private static IReadOnlyList<string> Texts(IEnumerable<IEnumerable<JsonElement>> rows) => [.. rows.Select(Text)];
}
