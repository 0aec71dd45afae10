using System.CommandLine;
using Lob.Fast.Cli.Live;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Records;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Cli.Verbs;

/// <summary><c>symbols</c>: the instruments of a venue.</summary>
internal static class SymbolsVerb
{
    public static Command Create()
    {
        RestOptions where = new();
        Option<string?> find = new("--find") { Description = "Only symbols that contain this text, whatever the case.", HelpName = "TEXT" };
        var command = new Command("symbols", "The instruments of a venue: symbol, tick, lot, minimums, contract value, status.") { find };
        where.AddTo(command);
        return command.WithAction((result, json) =>
        {
            FeedOptions options = where.Of(result, []);
            using VenueRest rest = RestVerbs.Create(options);
            IReadOnlyList<InstrumentInfo> all = RestVerbs.Ask(rest.InstrumentsAsync);
            InstrumentInfo[] found =
            [
                .. all.Where(instrument => instrument.Symbol.Contains(result.GetValue(find) ?? "", StringComparison.OrdinalIgnoreCase))
                    .OrderBy(static instrument => instrument.Symbol, StringComparer.Ordinal),
            ];
            if (json)
            {
                JsonOutput.Write(writer =>
                {
                    writer.WriteString("venue", options.Venue.ToName());
                    writer.WriteStartArray("instruments");
                    foreach (InstrumentInfo instrument in found)
                    {
                        writer.WriteStartObject();
                        writer.WriteString("symbol", instrument.Symbol);
                        writer.WriteString("status", instrument.Status);
                        writer.WriteString("kind", instrument.Kind);
                        writer.WriteString("tick", instrument.PriceStep);
                        writer.WriteString("lot", instrument.QuantityStep);
                        writer.WriteString("min_quantity", instrument.QuantityMin);
                        writer.WriteString("min_notional", instrument.NotionalMin);
                        writer.WriteString("contract_value", instrument.ContractValue);
                        writer.WriteString("contract_unit", instrument.ContractUnit);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                });
                return ExitCode.Ok;
            }

            var table = new Table("symbol", "status", "kind", "tick", "lot", "least", "contract");
            foreach (InstrumentInfo instrument in found)
            {
                table.Add(
                    instrument.Symbol, instrument.Status ?? "-", instrument.Kind ?? "-", instrument.PriceStep ?? "-", instrument.QuantityStep ?? "-",
                    instrument.QuantityMin ?? instrument.NotionalMin ?? "-", instrument.ContractValue is { } value ? $"{value} {instrument.ContractUnit}" : "-");
            }

            table.Write();
            Console.Error.WriteLine($"{found.Length:N0} of {all.Count:N0} instruments of {options.Venue.ToName()}");
            return ExitCode.Ok;
        });
    }
}
