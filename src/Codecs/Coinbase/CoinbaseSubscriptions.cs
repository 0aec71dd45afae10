namespace Lob.Fast.Codecs.Coinbase;

/// <summary>
/// What the acknowledgements of the connections said. Frames do not name their channel: a book may come by <c>level2</c> or <c>level2_batch</c>, and a
/// <c>match</c> by <c>matches</c> or as a part of <c>full</c>. Products are few, so they are searched one by one.
/// </summary>
internal sealed class CoinbaseSubscriptions
{
    // One bit a connection; connections beyond 64 share bits.
    private const int ConnectionBits = 64;

    private readonly List<Product> _products = [];
    private ulong _acknowledged;

    /// <summary>Whether an acknowledgement has come on the connection: it lists all that is subscribed.</summary>
    public bool IsAcknowledged(ushort connection) => (_acknowledged & Bit(connection)) != 0;

    /// <summary>An acknowledgement begins: what earlier ones said of <c>full</c> on this connection holds no longer.</summary>
    public void Begin(ushort connection)
    {
        _acknowledged |= Bit(connection);
        foreach (Product product in _products)
        {
            product.FullConnections &= ~Bit(connection);
        }
    }

    /// <summary>The acknowledgement lists the product for the channel of this name.</summary>
    public void Add(ReadOnlySpan<byte> productName, ReadOnlySpan<byte> channelName, ushort connection)
    {
        CoinbaseChannel channel = CoinbaseChannels.Classify(channelName);
        if (channel is CoinbaseChannel.Level2 or CoinbaseChannel.Ticker)
        {
            GetOrAdd(productName).ChannelNames[(int)channel] = channelName.ToArray();
        }
        else if (channel == CoinbaseChannel.Full)
        {
            GetOrAdd(productName).FullConnections |= Bit(connection);
        }
    }

    /// <summary>An event has come that only <c>full</c> sends.</summary>
    public void NoteFull(ReadOnlySpan<byte> productName, ushort connection) => GetOrAdd(productName).FullConnections |= Bit(connection);

    /// <summary>Whether the connection is known to send <c>full</c> of the product.</summary>
    public bool HasFull(ReadOnlySpan<byte> productName, ushort connection) =>
        Find(productName) is { } product && (product.FullConnections & Bit(connection)) != 0;

    /// <summary>The name the channel of a product was acknowledged by, else its usual name.</summary>
    public ReadOnlySpan<byte> ChannelName(ReadOnlySpan<byte> productName, CoinbaseChannel channel)
    {
        byte[]? name = channel is CoinbaseChannel.Level2 or CoinbaseChannel.Ticker ? Find(productName)?.ChannelNames[(int)channel] : null;
        return name ?? CoinbaseChannels.NameOf(channel);
    }

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

    private sealed class Product(byte[] name)
    {
        public byte[] Name { get; } = name;

        public byte[]?[] ChannelNames { get; } = new byte[]?[(int)CoinbaseChannel.Ticker + 1];

        public ulong FullConnections { get; set; }
    }
}
