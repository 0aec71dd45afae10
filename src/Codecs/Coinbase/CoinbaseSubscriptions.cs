namespace Lob.Fast.Codecs.Coinbase;

/// <summary>
/// What the acknowledgements of the connections say; each lists all that its connection is subscribed to. Frames do not name their channel: a book may come by
/// <c>level2</c> or <c>level2_batch</c>, and a <c>match</c> by <c>matches</c> or as a part of <c>full</c>. What was listed once and is no longer has ended; what was
/// never listed has not, because data may come before their acknowledgement, and so behind an older one. Products are few, so they are searched
/// one by one.
/// </summary>
internal sealed class CoinbaseSubscriptions
{
    // One bit a connection; connections beyond 64 share bits.
    private const int ConnectionBits = 64;
    private const int Channels = (int)CoinbaseChannel.RestOrders + 1;

    private readonly List<Product> _products = [];
    private ulong _acknowledged;

    /// <summary>Whether an acknowledgement has come on the connection.</summary>
    public bool IsAcknowledged(ushort connection) => (_acknowledged & Bit(connection)) != 0;

    /// <summary>An acknowledgement begins.</summary>
    public void Begin(ushort connection)
    {
        _acknowledged |= Bit(connection);
        foreach (Product product in _products)
        {
            Array.Clear(product.ListedNow);
        }
    }

    /// <summary>The acknowledgement lists the product for the channel of this name.</summary>
    public void Add(ReadOnlySpan<byte> productName, ReadOnlySpan<byte> channelName)
    {
        CoinbaseChannel channel = CoinbaseChannels.Classify(channelName);
        if (channel is CoinbaseChannel.Level2 or CoinbaseChannel.Ticker or CoinbaseChannel.Full)
        {
            Product product = GetOrAdd(productName);
            product.ListedNow[(int)channel] = true;
            if (!channelName.SequenceEqual(product.ChannelNames[(int)channel]))
            {
                product.ChannelNames[(int)channel] = channelName.ToArray();
            }
        }
    }

    /// <summary>
    /// The acknowledgement has ended: gives a product whose channel the connection has been unsubscribed from, once. False = there is none, or no more.
    /// </summary>
    public bool TryTakeEnded(ushort connection, out CoinbaseChannel channel, out ReadOnlySpan<byte> productName)
    {
        foreach (Product product in _products)
        {
            for (channel = CoinbaseChannel.Level2; channel <= CoinbaseChannel.Full; channel++)
            {
                ref ulong listed = ref product.Listed[(int)channel];
                bool wasListed = (listed & Bit(connection)) != 0;
                listed = product.ListedNow[(int)channel] ? listed | Bit(connection) : listed & ~Bit(connection);
                if (wasListed && !product.ListedNow[(int)channel])
                {
                    product.FullHeard &= channel == CoinbaseChannel.Full ? ~Bit(connection) : ulong.MaxValue;
                    productName = product.Name;
                    return true;
                }
            }
        }

        channel = CoinbaseChannel.Other;
        productName = default;
        return false;
    }

    /// <summary>An event has come that only <c>full</c> sends.</summary>
    public void NoteFull(ReadOnlySpan<byte> productName, ushort connection) => GetOrAdd(productName).FullHeard |= Bit(connection);

    /// <summary>Whether the connection is known to send <c>full</c> of the product.</summary>
    public bool HasFull(ReadOnlySpan<byte> productName, ushort connection) =>
        Find(productName) is { } product && ((product.FullHeard | product.Listed[(int)CoinbaseChannel.Full]) & Bit(connection)) != 0;

    /// <summary>The name the channel of a product was acknowledged by, else its usual name.</summary>
    public ReadOnlySpan<byte> ChannelName(ReadOnlySpan<byte> productName, CoinbaseChannel channel) =>
        Find(productName)?.ChannelNames[(int)channel] ?? CoinbaseChannels.NameOf(channel);

    private static ulong Bit(ushort connection) => 1UL << (connection % ConnectionBits);

    private Product? Find(ReadOnlySpan<byte> name)
    {
        foreach (Product product in _products)
        {
            if (name.SequenceEqual(product.Name))
            {
                return product;
            }
        }

        return null;
    }

    private Product GetOrAdd(ReadOnlySpan<byte> name)
    {
        if (Find(name) is not { } product)
        {
            product = new Product(name.ToArray());
            _products.Add(product);
        }

        return product;
    }

    // By channel: the name it goes by, the connections whose last acknowledgement lists it, and whether the one being read does.
    private sealed class Product(byte[] name)
    {
        public byte[] Name { get; } = name;

        public byte[]?[] ChannelNames { get; } = new byte[]?[Channels];

        public ulong[] Listed { get; } = new ulong[Channels];

        public bool[] ListedNow { get; } = new bool[Channels];

        public ulong FullHeard { get; set; }
    }
}
