using System.Text;
using Lob.Fast.Baselines.Values;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Acceptance.Oracle.Values;

/// <summary>
/// What an alternative decoder wrote, in the order and the form of <see cref="RecordedValues"/>: bids before asks, times filled in where they are the message's,
/// and the quotes of Bybit, of which a frame states only what has changed, made whole.
/// </summary>
internal sealed class DecodedValues(Venue venue)
{
    private readonly Dictionary<string, (FrameValue Bid, FrameValue Ask)> _quotes = [];
    private readonly bool _isBybit = venue is Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse;

    /// <summary>The values of the frame at hand.</summary>
    public List<FrameValue> Values { get; } = [];

    /// <summary>The symbol of each message, in order; empty where the frame names none.</summary>
    public List<string> Symbols { get; } = [];

    /// <summary>Takes the values of a frame.</summary>
    public void Take(ReadOnlySpan<FrameValue> values, ReadOnlySpan<byte> frame)
    {
        Values.Clear();
        Symbols.Clear();
        int from = 0;
        while (from < values.Length)
        {
            Assert.Equal((FrameValueKind.Message, FrameValueKind.Times), (values[from].Kind, values[from + 1].Kind));
            int end = from + 2;
            while (end < values.Length && values[end].Kind != FrameValueKind.Message)
            {
                end++;
            }

            TakeMessage(values[from..end], frame);
            from = end;
        }
    }

    private void TakeMessage(ReadOnlySpan<FrameValue> values, ReadOnlySpan<byte> frame)
    {
        FrameValue message = values[0];
        FrameValue times = values[1];
        (times.Length, times.Place) = (0, 0);
        string symbol = Encoding.ASCII.GetString(frame.Slice(message.Length == 0 ? 0 : (int)message.Place, message.Length));
        (message.Length, message.Place) = (0, 0);
        if (venue == Venue.BinanceSpot && message.Third != Sequence.None)
        {
            // A futures frame read by the rules of spot: the engine looks neither at its "pu" nor at its "T".
            message.Third = Sequence.None;
            times.Second = 0;
        }

        ValueMessages.Add(Values, Symbols, message, times, symbol);
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            foreach (FrameValue value in values)
            {
                if (value.Kind == FrameValueKind.Level && value.Code == (byte)side)
                {
                    Values.Add(value with { Third = value.Third == 0 ? times.First : value.Third });
                }
            }
        }

        bool isQuoted = false;
        foreach (FrameValue value in values)
        {
            switch (value.Kind)
            {
                case FrameValueKind.Trade:
                    Values.Add(value with { Third = value.Third == 0 ? times.First : value.Third });
                    break;
                case FrameValueKind.TradeId:
                    Values.Add(value with { Code = 0, Length = 0, Place = 0 });
                    break;
                case FrameValueKind.Quote when _isBybit:
                    Remember(symbol, value);
                    isQuoted = true;
                    break;
                case FrameValueKind.Quote:
                    Values.Add(value);
                    break;
            }
        }

        if (isQuoted && _quotes.TryGetValue(symbol, out (FrameValue Bid, FrameValue Ask) quotes) && IsWhole(quotes.Bid) && IsWhole(quotes.Ask))
        {
            Values.Add(quotes.Bid with { Second = quotes.Bid.First == 0 ? 0 : quotes.Bid.Second });
            Values.Add(quotes.Ask with { Second = quotes.Ask.First == 0 ? 0 : quotes.Ask.Second });
        }
    }

    private static bool IsWhole(in FrameValue quote) => quote.Kind == FrameValueKind.Quote && quote.First != Sequence.None && quote.Second != Sequence.None;

    private void Remember(string symbol, in FrameValue stated)
    {
        _quotes.TryGetValue(symbol, out (FrameValue Bid, FrameValue Ask) quotes);
        FrameValue known = stated.Code == (byte)Side.Bid ? quotes.Bid : quotes.Ask;
        if (known.Kind != FrameValueKind.Quote)
        {
            known = stated with { First = Sequence.None, Second = Sequence.None, TextForm = default };
        }

        int priceDecimals = stated.First == Sequence.None ? known.TextForm.PriceDecimals : stated.TextForm.PriceDecimals;
        int quantityDecimals = stated.Second == Sequence.None ? known.TextForm.QuantityDecimals : stated.TextForm.QuantityDecimals;
        known = stated with
        {
            First = stated.First == Sequence.None ? known.First : stated.First,
            Second = stated.Second == Sequence.None ? known.Second : stated.Second,
            TextForm = TextForm.Of(priceDecimals, quantityDecimals),
        };
        _quotes[symbol] = stated.Code == (byte)Side.Bid ? (known, quotes.Ask) : (quotes.Bid, known);
    }
}
