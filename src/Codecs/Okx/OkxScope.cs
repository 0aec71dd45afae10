namespace Lob.Fast.Codecs.Okx;

/// <summary>Which object of a frame is being read.</summary>
internal enum OkxScope : byte
{
    /// <summary>The outermost.</summary>
    Top = 0,

    /// <summary><c>arg</c>: what the frame is about.</summary>
    Arg = 1,

    /// <summary>An item of <c>data</c>.</summary>
    Item = 2,
}
