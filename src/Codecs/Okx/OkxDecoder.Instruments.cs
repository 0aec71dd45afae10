using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// The list of instruments, from REST or its channel: definitions, and no message. An empty text means "not told": instruments have some before they
// are listed, and all of them those that do not apply.
public sealed partial class OkxDecoder
{
    private DecodeOutcome ReadInstruments(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        JsonScanner again = new(frame.Bytes, _top[OkxFields.Data].Start);
        again.EnterArray();
        while (again.NextElement())
        {
            if (!Expect(ref again, JsonToken.Object) || !ReadMembers(ref again, frame, batch, _item, OkxScope.Item)
                || !DefineInstrument(ref again, frame, batch))
            {
                return Reject(ref scanner, again.Reason, again.FaultByte);
            }
        }

        // A list that says nothing new leaves no record.
        return batch.Count > 0 ? DecodeOutcome.Records : Control("instruments"u8);
    }

    private bool DefineInstrument(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Required = (1UL << OkxFields.InstrumentId) | (1UL << OkxFields.InstrumentType) | (1UL << OkxFields.TickSize)
            | (1UL << OkxFields.LotSize) | (1UL << OkxFields.MinSize);
        const ulong Optional = (1UL << OkxFields.ContractValue) | (1UL << OkxFields.ContractMultiplier) | (1UL << OkxFields.ContractType);
        ref JsonValue symbol = ref _item[OkxFields.InstrumentId];
        if (!Fields.Check(ref scanner, _item, Required, Optional)
            || !Fields.CheckType(ref scanner, _item, OkxFields.InstrumentId, JsonToken.String)
            || !Fields.CheckType(ref scanner, _item, OkxFields.InstrumentType, JsonToken.String))
        {
            return false;
        }

        if (!_symbol.Set(symbol, frame.Bytes) || !Fields.IsName(_symbol.Text))
        {
            return scanner.Fail(RejectReason.BadName, symbol.Start);
        }

        if (!TryTerm(ref scanner, OkxFields.TickSize, out DecimalNumber tick)
            || !TryTerm(ref scanner, OkxFields.LotSize, out DecimalNumber lot)
            || !TryTerm(ref scanner, OkxFields.MinSize, out DecimalNumber least)
            || !TryContractValue(ref scanner, out long contractValue, out int contractDecimals)
            || !TryContractType(ref scanner, out ContractType contractType))
        {
            return false;
        }

        int quantityDecimals = Math.Max(lot.Significant, least.Significant);
        if (!TryTerm(ref scanner, OkxFields.LotSize, quantityDecimals, out lot) || !TryTerm(ref scanner, OkxFields.MinSize, quantityDecimals, out least))
        {
            return false;
        }

        InstrumentTerms terms = new()
        {
            PriceStepTicks = tick.Value,
            QuantityStepLots = lot.Value,
            QuantityMinLots = least.Value,
            ContractValue = contractValue,
            ContractValueDecimals = (byte)contractDecimals,
            ContractType = contractType,
        };
        return _draft.TryDefineTerms(ref scanner, frame, batch, _symbol.Text, terms, tick.Significant, quantityDecimals);
    }

    // The number at the fewest decimals that hold it; 0 where it is not told.
    private bool TryTerm(ref JsonScanner scanner, int slot, out DecimalNumber number) =>
        TryTerm(ref scanner, slot, 0, out number) && (number.Significant == 0 || TryTerm(ref scanner, slot, number.Significant, out number));

    private bool TryTerm(ref JsonScanner scanner, int slot, int decimals, out DecimalNumber number)
    {
        number = default;
        if (!_item.Has(slot))
        {
            return true;
        }

        JsonValue value = _item[slot];
        if (value.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, value.Start);
        }

        if (value.Length == 0)
        {
            return true;
        }

        number = DecimalParser.Parse(value.In(scanner.Frame), decimals);
        return number.Reason == RejectReason.None || scanner.Fail(number.Reason, value.Start + number.FaultByte);
    }

    // ctVal × ctMult, exactly; a multiplier that is not told is 1.
    private bool TryContractValue(ref JsonScanner scanner, out long product, out int decimals)
    {
        product = 0;
        decimals = 0;
        if (!TryTerm(ref scanner, OkxFields.ContractValue, out DecimalNumber value)
            || !TryTerm(ref scanner, OkxFields.ContractMultiplier, out DecimalNumber multiplier))
        {
            return false;
        }

        long factor = multiplier.Value == 0 ? 1 : multiplier.Value;
        UInt128 exact = (UInt128)value.Value * (ulong)factor;
        decimals = exact == 0 ? 0 : value.Significant + multiplier.Significant;
        for (; decimals > 0 && exact % 10 == 0; decimals--)
        {
            exact /= 10;
        }

        if (exact > long.MaxValue || decimals > TextForm.DecimalsMax)
        {
            return scanner.Fail(RejectReason.NumberOutOfRange, _item[OkxFields.ContractValue].Start);
        }

        product = (long)exact;
        return true;
    }

    private bool TryContractType(ref JsonScanner scanner, out ContractType type)
    {
        JsonValue instrumentType = _item[OkxFields.InstrumentType];
        type = scanner.TextIs(instrumentType, "SPOT"u8) || scanner.TextIs(instrumentType, "MARGIN"u8) ? ContractType.Spot : ContractType.None;
        if (type != ContractType.None || !_item.Has(OkxFields.ContractType))
        {
            return true;
        }

        if (!Fields.CheckType(ref scanner, _item, OkxFields.ContractType, JsonToken.String))
        {
            return false;
        }

        // Options have a value and no type.
        JsonValue value = _item[OkxFields.ContractType];
        type = scanner.TextIs(value, "linear"u8) ? ContractType.Linear
            : scanner.TextIs(value, "inverse"u8) ? ContractType.Inverse
            : ContractType.None;
        return true;
    }
}
