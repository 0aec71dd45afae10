using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>What a venue's list of instruments says of one: steps, minimums, contract size. Zero = not told. In ticks and lots of the instrument.</summary>
internal readonly record struct InstrumentTerms
{
    /// <summary>Price step, ticks.</summary>
    public long PriceStepTicks { get; init; }

    /// <summary>Quantity step, lots.</summary>
    public long QuantityStepLots { get; init; }

    /// <summary>Least quantity of an order, lots.</summary>
    public long QuantityMinLots { get; init; }

    /// <summary>Least value of an order × 10^<see cref="NotionalDecimals"/>.</summary>
    public long NotionalMin { get; init; }

    /// <summary>Decimals of <see cref="NotionalMin"/>.</summary>
    public byte NotionalDecimals { get; init; }

    /// <summary>Value of one contract × 10^<see cref="ContractValueDecimals"/>.</summary>
    public long ContractValue { get; init; }

    /// <summary>Decimals of <see cref="ContractValue"/>.</summary>
    public byte ContractValueDecimals { get; init; }

    /// <summary>In which units the quantities are.</summary>
    public ContractType ContractType { get; init; }

    /// <summary>The terms of a definition in a journal.</summary>
    public static InstrumentTerms Of(in InstrumentDefinition definition, in InstrumentLimits limits) => new()
    {
        PriceStepTicks = definition.PriceStepTicks,
        QuantityStepLots = definition.QuantityStepLots,
        QuantityMinLots = limits.QuantityMinLots,
        NotionalMin = limits.NotionalMin,
        NotionalDecimals = limits.NotionalDecimals,
        ContractValue = limits.ContractValue,
        ContractValueDecimals = limits.ContractValueDecimals,
        ContractType = limits.ContractType,
    };

    /// <summary>The same terms when ticks and lots get finer by these factors; the caller has made sure that they fit.</summary>
    public InstrumentTerms Rescaled(long priceFactor, long quantityFactor) => this with
    {
        PriceStepTicks = PriceStepTicks * priceFactor,
        QuantityStepLots = QuantityStepLots * quantityFactor,
        QuantityMinLots = QuantityMinLots * quantityFactor,
    };

    /// <summary>Writes them into a definition.</summary>
    public void CopyTo(ref InstrumentDefinition definition, ref InstrumentLimits limits)
    {
        definition.PriceStepTicks = PriceStepTicks;
        definition.QuantityStepLots = QuantityStepLots;
        limits.QuantityMinLots = QuantityMinLots;
        limits.NotionalMin = NotionalMin;
        limits.NotionalDecimals = NotionalDecimals;
        limits.ContractValue = ContractValue;
        limits.ContractValueDecimals = ContractValueDecimals;
        limits.ContractType = ContractType;
    }
}
