using Lob.Fast.VenueSim.Rest;

namespace Lob.Fast.VenueSim.Recorded;

/// <summary>What a recorded answer answers.</summary>
/// <param name="Call">How the path of the request ends: <c>depth</c>, <c>orderbook</c>, <c>books</c>, <c>book</c>, <c>instruments</c> …</param>
/// <param name="Symbol">The symbol asked for; empty = all.</param>
internal sealed record RecordedRequest(string Call, string Symbol)
{
    private static readonly string[] Books = ["depth", "orderbook", "books", "books-full", "book", "product_book"];

    /// <summary>Whether a whole book was asked for, which only the recording can answer.</summary>
    public bool IsBook => Books.Contains(Call);

    /// <summary>What a client asks for.</summary>
    public static RecordedRequest Of(RestRequest request)
    {
        string[] parts = request.Path.Trim('/').Split('/');
        if (parts is ["v2", "book", var symbol, ..]) return new RecordedRequest("book", symbol);

        string inPath = parts is ["products", var product, ..] ? product : "";
        return new RecordedRequest(parts[^1], request["symbol"] ?? request["instId"] ?? request["product_id"] ?? request["instType"] ?? inPath);
    }
}
