using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

// The answer of GET /v5/market/instruments-info: steps and minimums, as definitions.
public sealed partial class BybitDecoder
{
    private ReadOnlySpan<byte> Category => Venue switch
    {
        Venue.BybitSpot => "spot"u8,
        Venue.BybitInverse => "inverse"u8,
        _ => "linear"u8,
    };

    private DecodeOutcome ProduceInstruments(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        // Another market's list: its symbols are spelt alike and have other steps.
        if (!Fields.Check(ref scanner, _result, FieldSet.Bit(BybitFields.Category), 0)
            || !Fields.CheckType(ref scanner, _result, BybitFields.Category, JsonToken.String))
        {
            return DecodeOutcome.Rejected;
        }

        if (!scanner.TextIs(_result[BybitFields.Category], Category))
        {
            return Unknown("instruments-info"u8);
        }

        batch.Clear();
        JsonScanner rows = new(frame.Bytes, _result[BybitFields.List].Start);
        rows.EnterArray();
        while (rows.NextElement())
        {
            if (!ReadItem(ref rows, frame, batch) || !DefineInstrument(ref rows, frame, batch))
            {
                return Reject(ref scanner, rows.Reason, rows.FaultByte);
            }
        }

        // Nothing new in it: there is nothing to record.
        return batch.Count > 0 ? DecodeOutcome.Records : Control("instruments-info"u8);
    }

    private bool DefineInstrument(ref JsonScanner rows, in Frame frame, RecordBuffer batch)
    {
        const ulong Needed = (1UL << BybitFields.Symbol) | (1UL << BybitFields.PriceFilter) | (1UL << BybitFields.LotSizeFilter);
        ref JsonValue symbol = ref _item[BybitFields.Symbol];
        if (!Fields.Check(ref rows, _item, Needed, 0)
            || !Fields.CheckType(ref rows, _item, BybitFields.Symbol, JsonToken.String)
            || !((_name.Set(symbol, frame.Bytes) && Fields.IsName(_name.Text)) || rows.Fail(RejectReason.BadName, symbol.Start))
            || !ReadFilter(ref rows, frame, batch, BybitFields.PriceFilter, FieldSet.Bit(BybitFields.TickSize), 0)
            || !TryTerm(ref rows, frame, BybitFields.TickSize, zeroAllowed: false, out JsonValue tick, out int priceDecimals))
        {
            return false;
        }

        // Spot keeps no least quantity: minOrderQty is obsolete there, minOrderAmt holds (documentation, 2026-07-24).
        bool isSpot = Venue == Venue.BybitSpot;
        int stepSlot = isSpot ? BybitFields.BasePrecision : BybitFields.QtyStep;
        int valueSlot = isSpot ? BybitFields.MinOrderAmt : BybitFields.MinNotionalValue;
        JsonValue least = default;
        JsonValue value = default;
        int leastDecimals = 0;
        int valueDecimals = 0;
        ulong needed = FieldSet.Bit(stepSlot) | (isSpot ? 0 : FieldSet.Bit(BybitFields.MinOrderQty));
        if (!ReadFilter(ref rows, frame, batch, BybitFields.LotSizeFilter, needed, FieldSet.Bit(valueSlot))
            || !TryTerm(ref rows, frame, stepSlot, zeroAllowed: false, out JsonValue step, out int stepDecimals)
            || (!isSpot && !TryTerm(ref rows, frame, BybitFields.MinOrderQty, zeroAllowed: true, out least, out leastDecimals))
            || (IsTold(valueSlot) && !TryTerm(ref rows, frame, valueSlot, zeroAllowed: true, out value, out valueDecimals)))
        {
            return false;
        }

        int quantityDecimals = Math.Max(stepDecimals, leastDecimals);
        if (!TryAt(ref rows, frame, tick, priceDecimals, out long tickTicks)
            || !TryAt(ref rows, frame, step, quantityDecimals, out long stepLots)
            || !TryAt(ref rows, frame, least, quantityDecimals, out long leastLots)
            || !TryAt(ref rows, frame, value, valueDecimals, out long leastValue))
        {
            return false;
        }

        // A contract is one unit of the base on linear markets, one US dollar on inverse ones (documentation, 2026-07-24).
        InstrumentTerms terms = new()
        {
            PriceStepTicks = tickTicks,
            QuantityStepLots = stepLots,
            QuantityMinLots = leastLots,
            NotionalMin = leastValue,
            NotionalDecimals = (byte)valueDecimals,
            ContractValue = isSpot ? 0 : 1,
            ContractType = isSpot ? ContractType.Spot : Venue == Venue.BybitInverse ? ContractType.Inverse : ContractType.Linear,
        };
        return _draft.TryDefineTerms(ref rows, frame, batch, _name.Text, terms, priceDecimals, quantityDecimals);
    }

    // An object inside the instrument, into _filter.
    private bool ReadFilter(ref JsonScanner rows, in Frame frame, RecordBuffer batch, int slot, ulong needed, ulong optional)
    {
        if (!Fields.CheckType(ref rows, _item, slot, JsonToken.Object))
        {
            return false;
        }

        JsonScanner again = new(frame.Bytes, _item[slot].Start);
        ReadMembers(ref again, frame, batch, _filter, BybitScope.Other);
        return Fields.Check(ref rows, _filter, needed, optional);
    }

    // Inverse contracts have no least value, or an empty text for it.
    private bool IsTold(int slot) => _filter.Has(slot) && !(_filter[slot].Token == JsonToken.String && _filter[slot].Length == 0);

    // A number of _filter, and how many decimals hold it exactly.
    private bool TryTerm(ref JsonScanner rows, in Frame frame, int slot, bool zeroAllowed, out JsonValue text, out int decimals)
    {
        (text, decimals) = (_filter[slot], 0);
        if (!Fields.CheckType(ref rows, _filter, slot, JsonToken.String))
        {
            return false;
        }

        DecimalNumber number = DecimalParser.Parse(text.In(frame.Bytes), 0);
        decimals = number.Significant;
        return number.Reason != RejectReason.None
            ? rows.Fail(number.Reason, text.Start + number.FaultByte)
            : zeroAllowed || number.Value > 0 || number.Significant > 0 || rows.Fail(RejectReason.ImpossibleValue, text.Start);
    }

    // A number that was not told is 0.
    private static bool TryAt(ref JsonScanner rows, in Frame frame, in JsonValue text, int decimals, out long value)
    {
        value = 0;
        if (text.Token == JsonToken.None)
        {
            return true;
        }

        DecimalNumber number = DecimalParser.Parse(text.In(frame.Bytes), decimals);
        value = number.Value;
        return number.Reason == RejectReason.None || rows.Fail(number.Reason, text.Start + number.FaultByte);
    }
}
