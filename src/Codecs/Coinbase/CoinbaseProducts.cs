using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>
/// Products as both feeds of Coinbase list them: <c>id</c>, <c>quote_increment</c> (the price step), <c>base_increment</c> (the size step),
/// <c>min_market_funds</c> (the least value of any order) and, until 2022, <c>base_min_size</c>; each becomes a definition of its instrument if it
/// says anything new. Products without an id or without steps are passed over: Advanced Trade lists some that do not trade.
/// </summary>
internal sealed class CoinbaseProducts(MessageDraft draft)
{
    private readonly FieldSet _product = new();
    private readonly NameBuffer _symbol = new();

    /// <summary>Forgets the frame before.</summary>
    public void BeginFrame() => _product.Clear(0);

    /// <summary>Missing fields of the product read last.</summary>
    public IEnumerable<string> MissingFields() => _product.MissingNames(CoinbaseFields.NameOf);

    /// <summary>Whether the object that the scanner stands at has what makes a product.</summary>
    public static bool IsProduct(ref JsonScanner scanner)
    {
        bool hasId = false;
        bool hasStep = false;
        scanner.EnterObject();
        while (scanner.NextMember())
        {
            int slot = CoinbaseFields.SlotOf(scanner);
            hasId |= slot == CoinbaseFields.Id;
            hasStep |= slot == CoinbaseFields.QuoteIncrement;
            if (!scanner.SkipValue())
            {
                return false;
            }
        }

        return hasId && hasStep && !scanner.Failed;
    }

    /// <summary>Reads one product or an array of them. False = a fault, which the scanner holds.</summary>
    public bool TryDefine(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (scanner.Peek() == JsonToken.Object)
        {
            return TryDefineOne(ref scanner, frame, batch);
        }

        if (scanner.Peek() != JsonToken.Array)
        {
            return scanner.Fail(RejectReason.WrongType, scanner.Position);
        }

        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (scanner.Peek() != JsonToken.Object)
            {
                return scanner.Fail(RejectReason.WrongType, scanner.Position);
            }

            if (!TryDefineOne(ref scanner, frame, batch))
            {
                return false;
            }
        }

        return !scanner.Failed;
    }

    private bool TryDefineOne(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        const ulong Read = (1UL << CoinbaseFields.Id) | (1UL << CoinbaseFields.QuoteIncrement) | (1UL << CoinbaseFields.BaseIncrement)
            | (1UL << CoinbaseFields.MinMarketFunds) | (1UL << CoinbaseFields.BaseMinSize);
        const ulong Steps = (1UL << CoinbaseFields.Id) | (1UL << CoinbaseFields.QuoteIncrement) | (1UL << CoinbaseFields.BaseIncrement);
        if (!_product.Read<CoinbaseFields>(ref scanner) || !Fields.Check(ref scanner, _product, 0, Read))
        {
            return false;
        }

        if ((_product.Seen & Steps) != Steps || !IsTold(CoinbaseFields.QuoteIncrement) || !IsTold(CoinbaseFields.BaseIncrement))
        {
            return true;
        }

        JsonValue id = _product[CoinbaseFields.Id];
        if (id.Token != JsonToken.String || !_symbol.Set(id, frame.Bytes) || !Fields.IsName(_symbol.Text))
        {
            return scanner.Fail(id.Token == JsonToken.String ? RejectReason.BadName : RejectReason.WrongType, id.Start);
        }

        if (!TryNumber(ref scanner, CoinbaseFields.QuoteIncrement, out DecimalNumber priceStep)
            || !TryNumber(ref scanner, CoinbaseFields.BaseIncrement, out DecimalNumber quantityStep)
            || !TryNumber(ref scanner, CoinbaseFields.MinMarketFunds, out DecimalNumber notionalMin)
            || !TryNumber(ref scanner, CoinbaseFields.BaseMinSize, out DecimalNumber quantityMin))
        {
            return false;
        }

        int quantityDecimals = Math.Max(quantityStep.Significant, quantityMin.Significant);
        if (!TryScale(quantityStep, quantityDecimals, out long quantityStepLots) || !TryScale(quantityMin, quantityDecimals, out long quantityMinLots))
        {
            return scanner.Fail(RejectReason.NumberOutOfRange, _product[CoinbaseFields.BaseIncrement].Start);
        }

        InstrumentTerms terms = new()
        {
            PriceStepTicks = priceStep.Value,
            QuantityStepLots = quantityStepLots,
            QuantityMinLots = quantityMinLots,
            NotionalMin = notionalMin.Value,
            NotionalDecimals = (byte)notionalMin.Significant,
            ContractType = ContractType.Spot,
        };
        return draft.TryDefineTerms(ref scanner, frame, batch, _symbol.Text, terms, priceStep.Significant, quantityDecimals);
    }

    private bool IsTold(int slot) => _product.Has(slot) && _product[slot] is not { Token: JsonToken.String, Length: 0 } and not { Token: JsonToken.Null };

    // At as many decimals as the number needs; 0 where the product does not have it.
    private bool TryNumber(ref JsonScanner scanner, int slot, out DecimalNumber number)
    {
        number = default;
        if (!IsTold(slot))
        {
            return true;
        }

        JsonValue text = _product[slot];
        if (text.Token != JsonToken.String)
        {
            return scanner.Fail(RejectReason.WrongType, text.Start);
        }

        number = DecimalParser.Parse(text.In(scanner.Frame), TextForm.DecimalsMax);
        int significant = number.Significant;
        if (number.Reason != RejectReason.BadNumber)
        {
            number = DecimalParser.Parse(text.In(scanner.Frame), significant);
        }

        return number.Reason == RejectReason.None || scanner.Fail(number.Reason, text.Start + number.FaultByte);
    }

    private static bool TryScale(in DecimalNumber number, int decimals, out long value)
    {
        Int128 scaled = (Int128)number.Value * PowersOfTen.Of(decimals - number.Significant);
        value = scaled > long.MaxValue ? 0 : (long)scaled;
        return scaled <= long.MaxValue;
    }
}
