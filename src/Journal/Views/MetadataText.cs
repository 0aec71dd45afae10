using System.Text.Encodings.Web;
using System.Text.Json;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>The JSON that lies beside the data: of each file, and of each instrument.</summary>
internal static class MetadataText
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a data file holds, and in what state the book was in which of its rows.</summary>
    public static void WriteFile(Stream target, ViewRequest request, IView view, ViewStream stream, ViewPath path, RowSummary summary) => Write(target, json =>
    {
        ViewInstrument instrument = stream.Instrument;
        json.WriteString("format", request.Format.ToName());
        if (request.Format != ViewFormat.Npy)
        {
            json.WriteString("file", Path.GetFileName(path.ToString()));
        }

        json.WriteString("venue", instrument.Venue.ToName());
        json.WriteString("market", Markets.Of(instrument.Venue, instrument.Symbol));
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("channel", stream.Channel);
        json.WriteString("every", request.Cadence.ToString());
        if (request.LevelsMax == int.MaxValue)
        {
            json.WriteNull("levels");
        }
        else
        {
            json.WriteNumber("levels", request.LevelsMax);
        }

        json.WriteNumber("price_decimals", instrument.Definition.PriceDecimals);
        json.WriteNumber("quantity_decimals", instrument.Definition.QuantityDecimals);
        view.Describe(json, stream);
        json.WriteNumber("rows", summary.Rows);
        WriteUnlessEmpty(json, "first_time_ns", summary, summary.FirstTimeNs);
        WriteUnlessEmpty(json, "last_time_ns", summary, summary.LastTimeNs);
        WriteSequence(json, "first_sequence", summary.FirstSequence);
        WriteSequence(json, "last_sequence", summary.LastSequence);
        json.WriteNumber("rows_without_venue_time", summary.RowsWithoutVenueTime);
        json.WriteStartArray("states");
        foreach (RowSummary.StateSpan span in summary.States)
        {
            json.WriteStartObject();
            json.WriteNumber("from_row", span.Row);
            json.WriteNumber("time_ns", span.TimeNs);
            json.WriteString("state", span.State.ToString());
            json.WriteString("evidence", span.Evidence.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("gaps");
        foreach (RowSummary.GapMet gap in summary.Gaps)
        {
            json.WriteStartObject();
            json.WriteNumber("at_row", gap.Row);
            json.WriteNumber("time_ns", gap.TimeNs);
            json.WriteString("reason", gap.Reason.ToString());
            WriteSequence(json, "last_sequence", gap.LastSequence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Scale, steps and contract of an instrument, as far as the journal knows them; null where it does not.</summary>
    public static void WriteInstrument(Stream target, ViewInstrument instrument) => Write(target, json =>
    {
        InstrumentDefinition definition = instrument.Definition;
        InstrumentLimits limits = instrument.Limits;
        json.WriteString("exchange", instrument.Venue.ToName());
        json.WriteString("market", Markets.Of(instrument.Venue, instrument.Symbol));
        json.WriteString("instId", instrument.Symbol);
        json.WriteNumber("price_decimals", definition.PriceDecimals);
        json.WriteNumber("quantity_decimals", definition.QuantityDecimals);
        WriteKnown("tick_size", definition.PriceStepTicks, definition.PriceDecimals);
        WriteKnown("lot_size", definition.QuantityStepLots, definition.QuantityDecimals);
        WriteKnown("min_quantity", limits.QuantityMinLots, definition.QuantityDecimals);
        WriteKnown("min_notional", limits.NotionalMin, limits.NotionalDecimals);
        WriteKnown("contract_value", limits.ContractValue, limits.ContractValueDecimals);

        void WriteKnown(string name, long value, int decimals) =>
            json.WriteString(name, value == 0 ? null : DecimalText.FormatShort(value, decimals));
    });

    private static void Write(Stream target, Action<Utf8JsonWriter> fields)
    {
        using (var json = new Utf8JsonWriter(target, Options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        target.WriteByte((byte)'\n');
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter json, string name, RowSummary summary, long value)
    {
        if (summary.Rows == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WriteSequence(Utf8JsonWriter json, string name, long sequence)
    {
        if (sequence == Sequence.None)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, sequence);
        }
    }
}
