namespace Lob.Fast.Codecs.Binance;

/// <summary>Which object of a frame is being read.</summary>
internal enum BinanceScope : byte
{
    /// <summary>The outermost: an envelope or a bare message.</summary>
    Top = 0,

    /// <summary><c>data</c> of an envelope.</summary>
    Data = 1,

    /// <summary><c>k</c> of a candle message.</summary>
    Candle = 2,
}
