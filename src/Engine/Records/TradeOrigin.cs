namespace Lob.Fast.Engine.Records;

/// <summary>Where a trade came from, as Binance's futures streams state in <c>X</c> (seen: MARKET, INSURANCE_FUND; recordings of 2020 and 2024).</summary>
public enum TradeOrigin : byte
{
    /// <summary>Not stated.</summary>
    NotStated = 0,

    /// <summary><c>MARKET</c>.</summary>
    Market = 1,

    /// <summary><c>INSURANCE_FUND</c>.</summary>
    InsuranceFund = 2,

    /// <summary><c>ADL</c>: automatic deleveraging.</summary>
    AutoDeleveraging = 3,

    /// <summary><c>NA</c>.</summary>
    NotApplicable = 4,

    /// <summary>Any other text.</summary>
    Other = 255,
}
