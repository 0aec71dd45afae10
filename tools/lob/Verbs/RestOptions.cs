using System.CommandLine;
using Lob.Fast.Venues;

namespace Lob.Fast.Cli.Verbs;

/// <summary>Options of the verbs that ask a venue by REST: which one, and where.</summary>
internal sealed class RestOptions
{
    private readonly Option<string?> _venue = CommonOptions.VenueName(required: true);
    private readonly Option<bool> _testnet = new("--testnet") { Description = "The venue's test network." };
    private readonly Option<string?> _rest = new("--rest") { Description = "Another address than the venue's, for instance http://127.0.0.1:7001.", HelpName = "URL" };
    private readonly Option<string?> _certificates = new("--trust") { Description = "Further certificates to trust (PEM).", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_venue);
        command.Options.Add(_testnet);
        command.Options.Add(_rest);
        command.Options.Add(_certificates);
    }

    public FeedOptions Of(ParseResult result, IReadOnlyList<string> symbols) => new()
    {
        Venue = CommonOptions.Parse(result.GetValue(_venue)!),
        Symbols = symbols,
        Testnet = result.GetValue(_testnet),
        Rest = CommonOptions.ParseUri("--rest", result.GetValue(_rest), "http", "https"),
        TrustedCertificates = result.GetValue(_certificates),
    };
}
