namespace Lob.Fast.Codecs.CoinbaseAdvanced;

/// <summary>
/// Books that the acknowledgements of the connections list; each lists all that its connection is subscribed to. A book that was listed once and is no longer
/// has ended; one that was never listed has not, because data comes before their acknowledgement (recording of 2026), and so may stand behind an older one.
/// </summary>
internal sealed class AdvancedSubscriptions
{
    private readonly List<Listing> _listings = [];

    /// <summary>The connection is a new one: nothing is subscribed.</summary>
    public void Forget(ushort connection)
    {
        for (int index = _listings.Count - 1; index >= 0; index--)
        {
            if (_listings[index].Connection == connection)
            {
                _listings.RemoveAt(index);
            }
        }
    }

    /// <summary>An acknowledgement begins.</summary>
    public void Begin() => _listings.ForEach(static listing => listing.IsListedNow = false);

    /// <summary>It lists the book of the product.</summary>
    public void Add(ReadOnlySpan<byte> product, ushort connection)
    {
        foreach (Listing listing in _listings)
        {
            if (listing.Connection == connection && product.SequenceEqual(listing.Product))
            {
                listing.IsListedNow = true;
                return;
            }
        }

        _listings.Add(new Listing(product.ToArray(), connection) { IsListedNow = true });
    }

    /// <summary>The acknowledgement has ended: gives a product whose book the connection has been unsubscribed from, once. False = there is none, or no more.</summary>
    public bool TryTakeEnded(ushort connection, out ReadOnlySpan<byte> product)
    {
        int index = _listings.FindIndex(listing => listing.Connection == connection && !listing.IsListedNow);
        product = index < 0 ? default : _listings[index].Product;
        if (index >= 0)
        {
            _listings.RemoveAt(index);
        }

        return index >= 0;
    }

    private sealed class Listing(byte[] product, ushort connection)
    {
        public byte[] Product { get; } = product;

        public ushort Connection { get; } = connection;

        public bool IsListedNow { get; set; }
    }
}
