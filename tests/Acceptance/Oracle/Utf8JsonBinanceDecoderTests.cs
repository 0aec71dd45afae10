using Lob.Fast.Baselines;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Oracle;

/// <summary>The records of the plain decoder say, digit by digit, what the plain parser reads in the same frame.</summary>
public sealed class Utf8JsonBinanceDecoderTests
{
    [RecordingTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9, Nkn, Blz, Rune, Sushi, Akro, Keep)]
    [MemberData(nameof(All), MemberType = typeof(BinanceRecordings))]
    public void Records_give_the_venues_own_text_back(BinanceMarket market, string[] files)
    {
        var decoder = new Utf8JsonBinanceDecoder(VenueOf(market), SymbolOf(files[0]));
        using var batch = new RecordBuffer();
        int priceDecimals = 0;
        int quantityDecimals = 0;
        foreach (RecordedFrame frame in Read(files))
        {
            batch.Clear();
            DecodeResult result = decoder.Decode(new Frame { Bytes = frame.Bytes.Span, ReceivedAtNs = frame.ReceivedAtNs, Line = frame.Line }, batch);
            Assert.Equal(DecodeOutcome.Records, result.Outcome);

            Span<Record> records = batch.Records;
            while (records[0].Header.Kind != RecordKind.MessageBegin)
            {
                if (records[0].Header.Kind == RecordKind.InstrumentDefinition)
                {
                    InstrumentDefinition definition = Record.Read<InstrumentDefinition>(records[0]);
                    (priceDecimals, quantityDecimals) = (definition.PriceDecimals, definition.QuantityDecimals);
                }

                records = records[(records[0].Header.Kind == RecordKind.InstrumentDefinition ? InstrumentDefinition.Slots : StreamDefinition.Slots)..];
            }

            Compare(SimpleBinanceParser.Parse(frame.Bytes, market), records, priceDecimals, quantityDecimals);
        }
    }

    private static void Compare(SimpleMessage expected, Span<Record> records, int priceDecimals, int quantityDecimals)
    {
        MessageBegin begin = Record.Read<MessageBegin>(records[0]);
        Assert.True(records[^1].Header.Has(RecordFlags.LastInMessage));
        switch (expected)
        {
            case SimpleDelta delta:
                Assert.Equal(MessageType.BookDelta, begin.Type);
                Assert.Equal((delta.First, delta.Last), (begin.FirstSequence, begin.LastSequence));
                Assert.True(begin.PreviousSequence == Sequence.None || begin.PreviousSequence == delta.Previous);
                CompareRows(delta.Bids, delta.Asks, records[1..], priceDecimals, quantityDecimals);
                break;
            case SimpleSnapshot snapshot:
                Assert.Equal(MessageType.BookSnapshot, begin.Type);
                Assert.Equal(snapshot.Last, begin.LastSequence);
                CompareRows(snapshot.Bids, snapshot.Asks, records[1..], priceDecimals, quantityDecimals);
                break;
            case SimpleTicker ticker:
                Assert.Equal(MessageType.Ticker, begin.Type);
                Quote bid = Record.Read<Quote>(records[1]);
                Quote ask = Record.Read<Quote>(records[2]);
                Assert.Equal((ticker.UpdateId, ticker.UpdateId, Side.Bid, Side.Ask), (bid.UpdateId, ask.UpdateId, bid.Header.Side, ask.Header.Side));
                Assert.Equal(ticker.Bid.Price, Value(bid.PriceTicks, priceDecimals));
                Assert.Equal(ticker.Bid.Quantity, Value(bid.QuantityLots, quantityDecimals));
                Assert.Equal(ticker.Ask.Price, Value(ask.PriceTicks, priceDecimals));
                Assert.Equal(ticker.Ask.Quantity, Value(ask.QuantityLots, quantityDecimals));
                break;
            default:
                Assert.Contains(begin.Type, new[] { MessageType.Trades, MessageType.AggregateTrades, MessageType.Candles });
                break;
        }
    }

    private static void CompareRows(
        IReadOnlyList<SimpleRow> bids, IReadOnlyList<SimpleRow> asks, Span<Record> records, int priceDecimals, int quantityDecimals)
    {
        Assert.Equal(bids.Count + asks.Count, records.Length);
        for (int i = 0; i < records.Length; i++)
        {
            LevelSet level = Record.Read<LevelSet>(records[i]);
            SimpleRow row = i < bids.Count ? bids[i] : asks[i - bids.Count];
            Assert.Equal(i < bids.Count ? Side.Bid : Side.Ask, level.Header.Side);
            Assert.Equal(row.PriceText, DecimalText.Format(level.PriceTicks, priceDecimals, level.Header.TextForm.PriceDecimals));
            Assert.Equal(row.QuantityText, DecimalText.Format(level.QuantityLots, quantityDecimals, level.Header.TextForm.QuantityDecimals));
        }
    }

    private static decimal Value(long scaled, int decimals) => (decimal)scaled / PowersOfTen.Of(decimals);
}
