using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Proofs.Support;

/// <summary>
/// Any number of instruments with books as markets have them, from a seed: 25 to 3,000 levels a side, dense near the market and sparse away from it, one in ten on an absurdly
/// fine grid, and some thousand changes each while the market moves.
/// </summary>
internal sealed class SyntheticMarkets(int seed)
{
    private const long Start = 1_700_000_000_000_000_000;
    private const int Rounds = 20;
    private const int ChangesPerRound = 50;

    /// <summary>Plays all messages into a new engine without a journal.</summary>
    public Logic<NullSink> Play(int instruments, EngineOptions options)
    {
        var logic = new Logic<NullSink>(default, options);
        var random = new Random(seed);
        var markets = new Market[instruments];
        for (uint id = 1; id <= instruments; id++)
        {
            markets[id - 1] = new Market(id, random);
            logic.Process(Instrument(id));
            logic.Process(Stream(id));
            logic.Process(markets[id - 1].Snapshot());
        }

        for (int round = 0; round < Rounds; round++)
        {
            foreach (Market market in markets)
            {
                logic.Process(market.Delta());
            }
        }

        return logic;
    }

    /// <summary>A snapshot as large as the largest met.</summary>
    public static Record[] LargestBook(uint streamId)
    {
        const long Best = 6_508_366;
        var levels = new List<(Side, long, long)>();
        AddSide(Side.Bid, 18_764, Best - 1);
        AddSide(Side.Ask, 27_236, 13_899_102_341 - Best);
        return Message(MessageType.BookSnapshot, streamId, 1, levels);

        // Distances grow so that as many levels as in the recording lie within 7,864 dollars of the market: about a third.
        void AddSide(Side side, int count, long span)
        {
            long distance = 0;
            for (int i = 0; i < count; i++)
            {
                double share = (double)i / count;
                distance = Math.Max(distance + 1, (long)(span * Math.Pow(share, side == Side.Bid ? 3 : 8)));
                levels.Add((side, side == Side.Bid ? Best - Math.Min(distance, Best - (count - i)) : Best + distance, 1 + i));
            }
        }
    }

    private static Record[] Instrument(uint id)
    {
        var first = new InstrumentDefinition
        {
            Header = new RecordHeader { Kind = RecordKind.InstrumentDefinition, ReceivedAtNs = Start },
            InstrumentId = id,
            Epoch = 1,
            Venue = Venue.BybitLinear,
            PriceDecimals = 2,
            QuantityDecimals = 3,
        };
        var second = new InstrumentSymbol { Header = first.Header, Symbol = Text40.Of(Encoding.ASCII.GetBytes($"SYNTH{id}")) };
        second.Header.Flags = RecordFlags.Continued;
        return Place([Record.Of(first), Record.Of(second), Record.Of(new InstrumentLimits { Header = second.Header })]);
    }

    private static Record[] Stream(uint id)
    {
        var first = new StreamDefinition
        {
            Header = new RecordHeader { Kind = RecordKind.StreamDefinition, StreamId = id, ReceivedAtNs = Start },
            InstrumentId = id,
            Role = StreamRole.Book,
            Continuity = ContinuityRule.Range,
            Evidence = Evidence.Sequence,
            StaleAfterNs = long.MaxValue / 2,
        };
        var second = new StreamChannel { Header = first.Header, Channel = Text40.Of("orderbook"u8) };
        second.Header.Flags = RecordFlags.Continued;
        return Place([Record.Of(first), Record.Of(second)]);
    }

    private static Record[] Message(MessageType type, uint streamId, long sequence, List<(Side Side, long Price, long Quantity)> levels)
    {
        var begin = new MessageBegin
        {
            Header = new RecordHeader { Kind = RecordKind.MessageBegin, Code = (byte)type, StreamId = streamId, ReceivedAtNs = Start },
            FirstSequence = sequence,
            LastSequence = sequence,
            PreviousSequence = Sequence.None,
        };
        return Place(
        [
            Record.Of(begin),
            .. levels.Select(level => Record.Of(new LevelSet
            {
                Header = new RecordHeader { Kind = RecordKind.LevelSet, Code = (byte)level.Side, StreamId = streamId, ReceivedAtNs = Start, TextForm = TextForm.Of(2, 3) },
                PriceTicks = level.Price,
                QuantityLots = level.Quantity,
            })),
        ]);
    }

    private static Record[] Place(Record[] records)
    {
        records[0].Header.Flags |= RecordFlags.FirstInMessage;
        records[^1].Header.Flags |= RecordFlags.LastInMessage;
        return records;
    }

    /// <summary>One instrument: where its market stands, how fine its grid is, how deep its book.</summary>
    private sealed class Market(uint id, Random random)
    {
        private readonly int _levels = (int)(25 * Math.Pow(120, Math.Pow(random.NextDouble(), 2)));
        private readonly long _step = random.Next(10) == 0 ? 1L << random.Next(10, 30) : 1L << random.Next(4);
        private readonly double _spread = 1 + (random.NextDouble() * 8);
        private long _middle = 1L << 50;
        private long _sequence;

        public Record[] Snapshot()
        {
            var levels = new List<(Side, long, long)>();
            foreach (Side side in new[] { Side.Bid, Side.Ask })
            {
                for (int i = 0; i < _levels; i++)
                {
                    levels.Add((side, PriceOf(side, i), random.Next(1, 1_000)));
                }
            }

            return Message(MessageType.BookSnapshot, id, ++_sequence, levels);
        }

        public Record[] Delta()
        {
            _middle += random.Next(-5, 6) * _step;
            var levels = new List<(Side, long, long)>();
            for (int i = 0; i < ChangesPerRound; i++)
            {
                Side side = random.Next(2) == 0 ? Side.Bid : Side.Ask;
                levels.Add((side, PriceOf(side, (int)(_levels * Math.Pow(random.NextDouble(), 3))), random.Next(3) == 0 ? 0 : random.Next(1, 1_000)));
            }

            return Message(MessageType.BookDelta, id, ++_sequence, levels);
        }

        /// <summary>The price of a rank: each is further from the next than the one before.</summary>
        private long PriceOf(Side side, int rank)
        {
            long distance = _step * (1 + rank + (long)(rank * _spread * rank / _levels));
            return side == Side.Bid ? _middle - distance : _middle + distance;
        }
    }
}
