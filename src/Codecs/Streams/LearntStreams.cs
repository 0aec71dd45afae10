using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Streams;

/// <summary>What the definitions of a journal say of its streams, for writing frames. Not for the hot path.</summary>
internal sealed class LearntStreams
{
    private readonly Dictionary<uint, (string Symbol, int PriceDecimals, int QuantityDecimals)> _instruments = [];
    private readonly Dictionary<uint, (uint InstrumentId, StreamRole Role, string Channel)> _streams = [];

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
                StreamChannel channel = Record.Read<StreamChannel>(definition[1]);
                _streams[stream.Header.StreamId] = (stream.InstrumentId, stream.Role, channel.Channel.ToString());
                break;
        }
    }

    /// <summary>The stream of a message; without an instrument, its symbol is empty.</summary>
    /// <exception cref="ArgumentException">Not a message of a stream that was learnt.</exception>
    public LearntStream StreamOf(ReadOnlySpan<Record> message)
    {
        if (message.IsEmpty || message[0].Header.Kind != RecordKind.MessageBegin
            || !_streams.TryGetValue(message[0].Header.StreamId, out (uint InstrumentId, StreamRole Role, string Channel) stream))
        {
            throw new ArgumentException("not a message of a declared stream", nameof(message));
        }

        (string symbol, int priceDecimals, int quantityDecimals) = stream.InstrumentId == 0 ? ("", 0, 0) : _instruments[stream.InstrumentId];
        return new LearntStream(symbol, priceDecimals, quantityDecimals, stream.Role, stream.Channel);
    }
}
