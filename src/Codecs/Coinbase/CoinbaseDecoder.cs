using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Coinbase;

/// <summary>
/// Frames of the Coinbase Exchange feed to records: <c>level2</c>, <c>ticker</c>, <c>matches</c>, <c>heartbeat</c>, <c>full</c>, the products of <c>status</c>, and
/// answers to REST book requests, whatever the order of the keys. Other types are counted by name. Wire rules: Coinbase's documentation as of 2026-07-26, and
/// the recordings of 2017, 2019, 2021 and 2022 that the tests read.
/// <para>
/// A <c>match</c> does not say whether it is part of <c>full</c>. It is taken as such on a connection whose last acknowledgement lists <c>full</c> for its
/// product, or that has sent another event of <c>full</c> since; and, before any acknowledgement, for a product whose <c>full</c> the journal
/// already knows. Else it is a trade of <c>matches</c>. A first match taken for a trade costs the order book only a later start, never a wrong order.
/// </para>
/// </summary>
public sealed partial class CoinbaseDecoder : VenueDecoder
{
    private readonly DecoderOptions _options;
    private readonly CoinbaseSubscriptions _subscriptions = new();
    private readonly PriceRepeats _repeats = new();
    private readonly FieldSet _top = new();
    private readonly CoinbaseProducts _products;

    /// <summary>A decoder that has seen nothing yet.</summary>
    public CoinbaseDecoder(DecoderOptions? options = null)
        : base(Venue.Coinbase, CoinbaseNaming.Instance)
    {
        _options = options ?? new DecoderOptions();
        _products = new CoinbaseProducts(_draft);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> MissingFields() => [.. _top.MissingNames(CoinbaseFields.NameOf), .. _products.MissingFields()];

    private protected override DecodeOutcome Read(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (TryReadUsualUpdate(frame, batch) || TryReadUsualSnapshot(frame, batch))
        {
            return DecodeOutcome.Records;
        }

        switch (scanner.Peek())
        {
            case JsonToken.Object:
                return ReadMembers(ref scanner, frame, batch) && scanner.End() ? Interpret(ref scanner, frame, batch) : DecodeOutcome.Rejected;
            case JsonToken.Array:
                return ReadArray(ref scanner, frame, batch);
            default:
                JsonValue value = default;
                return scanner.ReadValue(ref value) && scanner.End() ? Reject(ref scanner, RejectReason.WrongType, value.Start) : DecodeOutcome.Rejected;
        }
    }

    private protected override void BeginFrame(in Frame frame)
    {
        _top.Clear(0);
        _products.BeginFrame();
        _bookRead = null;
    }
}
