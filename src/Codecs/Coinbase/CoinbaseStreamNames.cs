using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>What the definitions of a journal say of its streams, for writing frames. Not for the hot path.</summary>
internal sealed class CoinbaseStreamNames
{
    private readonly Dictionary<uint, (string Symbol, int PriceDecimals, int QuantityDecimals)> _instruments = [];
    private readonly Dictionary<uint, (uint InstrumentId, string Channel)> _streams = [];

    /// <summary>Takes the slots of one definition; others are passed over.</summary>
    public void Learn(ReadOnlySpan<Record> definition)
    {
        switch (definition[0].Header.Kind)
        {
            case RecordKind.InstrumentDefinition:
                InstrumentDefinition instrument = Record.Read<InstrumentDefinition>(definition[0]);
                InstrumentSymbol symbol = Record.Read<InstrumentSymbol>(definition[1]);
                _instruments[instrument.InstrumentId] = (symbol.Symbol.ToString(), instrument.PriceDecimals, instrument.QuantityDecimals);
                break;
            case RecordKind.StreamDefinition:
                StreamDefinition stream = Record.Read<StreamDefinition>(definition[0]);
                _streams[stream.Header.StreamId] = (stream.InstrumentId, Record.Read<StreamChannel>(definition[1]).Channel.ToString());
                break;
        }
    }

    /// <summary>A writer for numbers of the stream's instrument; for a stream without one, with an empty symbol.</summary>
    /// <exception cref="ArgumentException">Not a message of a stream that was learnt.</exception>
    public CoinbaseJson Open(ReadOnlySpan<Record> message, out string channel)
    {
        if (message.IsEmpty || message[0].Header.Kind != RecordKind.MessageBegin
            || !_streams.TryGetValue(message[0].Header.StreamId, out (uint InstrumentId, string Channel) stream))
        {
            throw new ArgumentException("not a message of a declared stream", nameof(message));
        }

        (string symbol, int priceDecimals, int quantityDecimals) = _instruments.GetValueOrDefault(stream.InstrumentId, ("", 0, 0));
        channel = stream.Channel;
        return new CoinbaseJson(symbol, priceDecimals, quantityDecimals);
    }
}
