using System.Text;

namespace Lob.Fast.VenueSim.Rest;

/// <summary>What a client gets for its request: JSON.</summary>
internal sealed record RestAnswer(byte[] Body, int Status = 200)
{
    public RestAnswer(string body, int status = 200)
        : this(Encoding.UTF8.GetBytes(body), status)
    {
    }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>No such thing, in plain words.</summary>
    public static RestAnswer NotFound { get; } = new("""{"message":"Not Found"}""", 404);
}
