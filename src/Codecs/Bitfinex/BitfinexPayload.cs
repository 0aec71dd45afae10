namespace Lob.Fast.Codecs.Bitfinex;

/// <summary>What an array frame of a known channel holds behind the channel id.</summary>
internal enum BitfinexPayload : byte
{
    /// <summary>Rows of the channel's own kind; for trades, one trade (<c>te</c>).</summary>
    Rows = 0,

    /// <summary>Nothing that is kept: <c>hb</c>, or what is set aside (<c>tu</c>, past trades).</summary>
    Nothing = 1,

    /// <summary><c>cs</c>.</summary>
    Checksum = 2,
}
