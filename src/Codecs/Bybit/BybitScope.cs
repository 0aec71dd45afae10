namespace Lob.Fast.Codecs.Bybit;

/// <summary>Which object of a frame is being read.</summary>
internal enum BybitScope : byte
{
    /// <summary>The outermost.</summary>
    Top = 0,

    /// <summary><c>data</c> of a topic.</summary>
    Data = 1,

    /// <summary>Any other: <c>result</c> of a REST answer, an element of a list, a part of an instrument.</summary>
    Other = 2,
}
