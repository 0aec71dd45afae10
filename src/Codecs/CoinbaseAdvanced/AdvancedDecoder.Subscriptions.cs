using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.CoinbaseAdvanced;

// {"channel":"subscriptions",…,"events":[{"subscriptions":{"level2":["BTC-USD","ETH-USD"],"ticker":["BTC-USD"]}}]}
public sealed partial class AdvancedDecoder
{
    private readonly AdvancedSubscriptions _subscriptions = new();

    // The frame has been found good. Books that it no longer lists have ended; a list that is not in this form says nothing.
    private void Acknowledge(in Frame frame, RecordBuffer batch)
    {
        JsonScanner scanner = new(frame.Bytes, _top[AdvancedFields.Events].Start);
        bool isList = false;
        _subscriptions.Begin();
        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (scanner.Peek() == JsonToken.Object)
            {
                isList |= ReadSubscriptions(ref scanner, frame);
            }
            else
            {
                scanner.SkipValue();
            }
        }

        while (isList && _subscriptions.TryTakeEnded(frame.Connection, out ReadOnlySpan<byte> product))
        {
            if (_symbol.Set(product) && AdvancedNaming.Instance.TryName(_symbol.Text, AdvancedChannels.NameOf(AdvancedChannel.Book), _key)
                && _streams.Find(_key.Text) is { } stream)
            {
                _draft.Begin(batch, frame, stream, stream.Instrument, _venueTimeNs);
                batch.Add<MessageBegin>();
                Finish(batch, frame, MessageType.Ended);
            }
        }
    }

    private bool ReadSubscriptions(ref JsonScanner scanner, in Frame frame)
    {
        bool isList = false;
        scanner.EnterObject();
        while (scanner.NextMember())
        {
            if (!scanner.KeyIs("subscriptions"u8) || scanner.Peek() != JsonToken.Object)
            {
                scanner.SkipValue();
                continue;
            }

            isList = true;
            scanner.EnterObject();
            while (scanner.NextMember())
            {
                if (scanner.KeyIs("level2"u8) && scanner.Peek() == JsonToken.Array)
                {
                    ReadProducts(ref scanner, frame);
                }
                else
                {
                    scanner.SkipValue();
                }
            }
        }

        return isList;
    }

    private void ReadProducts(ref JsonScanner scanner, in Frame frame)
    {
        JsonValue product = default;
        scanner.EnterArray();
        while (scanner.NextElement())
        {
            if (scanner.ReadValue(ref product) && product.Token == JsonToken.String && _symbol.Set(product, frame.Bytes))
            {
                _subscriptions.Add(_symbol.Text, frame.Connection);
            }
        }
    }
}
