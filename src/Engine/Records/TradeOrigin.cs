namespace Lob.Fast.Engine.Records;

/// <summary>
/// Where a trade came from: as Binance's futures streams state in <c>X</c> (seen: MARKET, INSURANCE_FUND; recordings of 2020 and 2024), or Bybit's
/// flags <c>BT</c> and <c>RPI</c> (documentation, 2026-07).
/// </summary>
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

    /// <summary>A block trade, agreed outside the book.</summary>
    Block = 5,

    /// <summary>Against an order of the retail price improvement programme, which public books do not show.</summary>
    RetailPriceImprovement = 6,

    /// <summary>Both of them.</summary>
    BlockAndRetailPriceImprovement = 7,

    /// <summary>Any other text.</summary>
    Other = 255,
}
