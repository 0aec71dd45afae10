using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Integrity;

/// <summary>
/// A level and its text in the checksum of the book, <c>:price:quantity</c>, as a checksum and a length. A default one holds no level.
/// </summary>
internal struct LevelChecksum
{
    /// <summary>Price of the level; see <see cref="PriceLength"/>.</summary>
    public long PriceTicks;

    /// <summary>Quantity of the level; 0 = only the price is known.</summary>
    public long QuantityLots;

    /// <summary>Checksum of the price with its two colons.</summary>
    public uint PriceChecksum;

    /// <summary>Checksum of the text.</summary>
    public uint Checksum;

    /// <summary>Bytes of the text.</summary>
    public byte Length;

    /// <summary>Bytes of the price with its two colons; 0 = no price is known.</summary>
    public byte PriceLength;

    /// <summary>How both are written.</summary>
    public TextForm TextForm;
}
