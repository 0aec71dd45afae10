using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;
using static Lob.Fast.Codecs.Tests.Bitfinex.BitfinexSamples;

namespace Lob.Fast.Codecs.Tests.Bitfinex;

/// <summary>Aggregated books and books of single orders.</summary>
public class BitfinexBookTests
{
    [Fact]
    public void The_first_list_is_the_book_whatever_its_length()
    {
        foreach (string rows in new[] { "[[7254.7,3,3.3],[7254.8,2,-1.1]]", "[[7254.7,3,3.3]]", "[[7254.8,2,-1.1]]", "[]" })
        {
            using BitfinexBench bench = new(Opening);
            bench.Message(BookHeartbeat);
            Record[] message = bench.Message($"[17082,{rows},1]");
            MessageBegin begin = Record.Read<MessageBegin>(message[0]);
            Assert.Equal((MessageType.BookSnapshot, SnapshotLimits.None, 1), (begin.Type, (SnapshotLimits)begin.Detail, begin.LastSequence));
            Assert.All(message, static record => Assert.True(record.Header.Has(RecordFlags.Snapshot)));

            // From then on lists are bulk updates, and a new subscription brings a new book.
            Assert.Equal(MessageType.BookDelta, Type(bench.Message("[17082,[[7254.7,3,3.3]],2]")));
            Assert.Equal(MessageType.BookDelta, Type(bench.Message("[17082,[],3]")));
            bench.Accepts("""{"event":"unsubscribed","status":"OK","chanId":17082}""");
            bench.Accepts(Book.Replace("17082", "9", StringComparison.Ordinal));
            Assert.Equal(MessageType.BookSnapshot, Type(bench.Message($"[9,{rows},4]")));
        }
    }

    [Fact]
    public void A_row_before_the_book_is_a_change_and_the_book_is_still_awaited()
    {
        using BitfinexBench bench = new(Opening);
        Assert.Equal(MessageType.BookDelta, Type(bench.Message(BookUpdate)));
        Assert.Equal(MessageType.BookSnapshot, Type(bench.Message(BookSnapshot)));
    }

    [Fact]
    public void Levels_have_side_orders_and_the_text_of_their_numbers()
    {
        using BitfinexBench bench = new(Opening);
        Record[] message = bench.Message(BookSnapshot);
        LevelSet[] levels = [.. message[1..].Select(static record => Record.Read<LevelSet>(record))];
        Assert.Equal((2u, 1, 7), Exponents(bench));
        Assert.Equal(
            [
                (Side.Bid, 72547, 33_000_000, 3u, TextForm.Of(1, 1)), (Side.Bid, 72546, 5_000_000, 1u, TextForm.Of(1, 1)),
                (Side.Ask, 72548, 11_000_000, 2u, TextForm.Of(1, 1)), (Side.Ask, 72550, 2, 1u, TextForm.Of(0, 15)),
            ],
            levels.Select(static level => (level.Header.Side, level.PriceTicks, level.QuantityLots, level.OrderCount, level.Header.TextForm)));

        LevelSet update = Record.Read<LevelSet>(bench.Message(BookUpdate)[1]);
        Assert.Equal((Side.Ask, 72548, 3_483_509, 2u), (update.Header.Side, update.PriceTicks, update.QuantityLots, update.OrderCount));
        LevelSet deleted = Record.Read<LevelSet>(bench.Message(BookDelete)[1]);
        Assert.Equal((Side.Bid, 72546, 0, 0u), (deleted.Header.Side, deleted.PriceTicks, deleted.QuantityLots, deleted.OrderCount));
        Assert.Equal(RecordFlags.LastInMessage, deleted.Header.Flags);

        // A delete says a side, not an amount: nothing gets finer, and prices in exponent form are read as such.
        deleted = Record.Read<LevelSet>(bench.Message("[17082,[2e-8,0,-1],4]")[1]);
        Assert.Equal((Side.Ask, 2, 0, TextForm.Of(15, 0)), (deleted.Header.Side, deleted.PriceTicks, deleted.QuantityLots, deleted.Header.TextForm));
        Assert.Equal((4u, 8, 8), Exponents(bench));
    }

    [Theory]
    [InlineData(Conf, "[17082,[7254.8,2,-0.03483509],2]")]
    [InlineData(Conf, "[17082,[7254.6,0,1],123456789012]")]
    [InlineData(Conf, "[17082,[7254,1234567,-1.00000001],100000000]")]
    [InlineData(Conf, "[17082,[2e-8,0,-1],4]")]
    [InlineData(Info, "[17082,[7254.8,2,0.5]]")]
    [InlineData(ConfBulkTimed, "[17082,[7254.8,2,0.5],1,1790134414850]")]
    public void The_usual_form_of_a_change_says_the_same_as_any_other(string conf, string frame)
    {
        using BitfinexBench usual = new(Info, conf, Book, Trades);
        using BitfinexBench general = new(Info, conf, Book, Trades);
        Assert.Equal(usual.Bytes(frame), general.Bytes(frame));
        FrameFuzz.SameWithBlanks(usual, general, frame, 0);
    }

    [Fact]
    public void Sides_as_long_as_the_channel_shows_may_go_on()
    {
        using BitfinexBench bench = new(Info, Book.Replace("\"25\"", "\"1\"", StringComparison.Ordinal));
        Assert.Equal(SnapshotLimits.BidsCut, (SnapshotLimits)Record.Read<MessageBegin>(bench.Message("[17082,[[5,1,1]]]")[0]).Detail);
        bench.Accepts(Book.Replace("\"25\"", "\"1\"", StringComparison.Ordinal));
        Assert.Equal(
            SnapshotLimits.BidsCut | SnapshotLimits.AsksCut, (SnapshotLimits)Record.Read<MessageBegin>(bench.Message("[17082,[[5,1,1],[6,1,-1]]]")[0]).Detail);
    }

    [Fact]
    public void Bulk_updates_are_changes_in_the_order_sent()
    {
        using BitfinexBench bench = new(Info, ConfBulkTimed, Book);
        bench.Message("[17082,[[86717,1,1],[86719,1,-0.5]],1,1790134414850]");
        Record[] message = bench.Message("[17082,[[86717,0,1],[86719,1,-0.2],[86717,1,3]],2,1790134414851]");
        Assert.Equal(MessageType.BookDelta, Type(message));
        Assert.Equal(
            [(86717, 0), (86719, 2), (86717, 30)],
            message[1..].Select(static record => Record.Read<LevelSet>(record)).Select(static level => (level.PriceTicks, level.QuantityLots)));
        Assert.All(message, static record => Assert.Equal(1_790_134_414_851_000_000, record.Header.VenueTimeNs));
    }

    /// <summary>With bulk updates a change looks like a whole book: where the book may be among what is missing, no list is taken for it.</summary>
    [Theory]
    [InlineData("[17082,\"hb\",2]", null, false)]
    [InlineData("[17082,\"hb\",1]", null, true)]
    [InlineData("[5,\"hb\",1]", null, true)]
    [InlineData("[5,\"hb\",4]", null, false)]
    [InlineData("[17082,\"hb\",1]", "[17082,[[7254.7,3,0]],2]", false)]
    [InlineData("[17082,\"hb\",1]", "[17082,[[7254.7,3,3.3]],2", false)]
    [InlineData("[17082,\"hb\",1]", "[17", false)]
    [InlineData("[17082,\"hb\",1]", "", false)]
    [InlineData("[17082,\"hb\",1]", "[433290,[1,2],2]", true)]
    [InlineData("[17082,\"hb\",1]", "{\"event\":5}", true)]
    public void A_book_that_may_be_missing_is_not_awaited(string first, string? rejected, bool isSnapshot)
    {
        foreach (bool bulk in new[] { true, false })
        {
            string conf = $$"""{"event":"conf","status":"OK","flags":{{(bulk ? 536936448 : 65536)}}}""";
            using BitfinexBench bench = new(Info, conf, Book, Orders);
            bench.Accepts(first);
            long sequence = Record.Read<MessageBegin>(bench.Batch[bench.Batch.Count - 1]).LastSequence;
            if (rejected is not null)
            {
                Assert.Equal(DecodeOutcome.Rejected, bench.Send(rejected).Outcome);
                sequence += rejected.StartsWith('{') ? 0 : 1;
            }

            Record[] message = bench.Message($"[17082,[[7254.7,3,3.3],[7254.8,2,-1.1]],{++sequence}]");
            Assert.Equal(isSnapshot || !bulk ? MessageType.BookSnapshot : MessageType.BookDelta, Type(message));
            Assert.Equal(isSnapshot || !bulk, message[1].Header.Has(RecordFlags.Snapshot));

            // Subscribed again, it comes again; and a number that is missing right before it is seen only with it.
            bench.Accepts("""{"event":"unsubscribed","status":"OK","chanId":17082}""");
            bench.Accepts(Book);
            Assert.Equal(MessageType.BookSnapshot, Type(bench.Message($"[17082,[[7254.7,3,3.3]],{++sequence}]")));

            // The event twice, which nothing tells but that the id is known: still a change.
            bench.Accepts(Book);
            Assert.Equal(bulk ? MessageType.BookDelta : MessageType.BookSnapshot, Type(bench.Message($"[17082,[[7254.7,3,3.25]],{++sequence}]")));
            bench.Accepts("""{"event":"unsubscribed","status":"OK","chanId":17082}""");
            bench.Accepts(Book);
            message = bench.Message($"[17082,[[7254.7,3,3.25]],{sequence + 2}]");
            Assert.Equal((bulk ? MessageType.BookDelta : MessageType.BookSnapshot, !bulk), (Type(message), message[1].Header.Has(RecordFlags.Snapshot)));
        }
    }

    [Fact]
    public void Checksums_and_heartbeats_are_messages_of_the_book()
    {
        using BitfinexBench bench = new(Opening);
        MessageBegin checksum = Record.Read<MessageBegin>(Assert.Single(bench.Message("[17082,\"cs\",-2147483648,4]")));
        Assert.Equal(
            (MessageType.BookChecksum, int.MinValue, ChecksumPresence.Offered, 4, 1u),
            (checksum.Type, checksum.Checksum, checksum.ChecksumPresence, checksum.LastSequence, checksum.Header.StreamId));
        MessageBegin heartbeat = Record.Read<MessageBegin>(Assert.Single(bench.Message(BookHeartbeat)));
        Assert.Equal((MessageType.Heartbeat, ChecksumPresence.NoField, 5, 1u), (heartbeat.Type, heartbeat.ChecksumPresence, heartbeat.LastSequence, heartbeat.Header.StreamId));
        Assert.Equal(MessageType.BookSnapshot, Type(bench.Message(BookSnapshot)));

        checksum = Record.Read<MessageBegin>(Assert.Single(bench.Message(OrdersChecksum)));
        Assert.Equal((MessageType.BookChecksum, -898242051, 2u), (checksum.Type, checksum.Checksum, checksum.Header.StreamId));
    }

    [Fact]
    public void A_word_nobody_knows_is_counted_and_so_is_its_number()
    {
        using BitfinexBench bench = new(Opening);
        Assert.Equal((MessageType.Heartbeat, 1u), (Type(bench.Message("[17082,\"xx\",{\"a\":[]},5]", DecodeOutcome.UnknownEvent)), bench.Batch[0].Header.StreamId));
        Assert.Equal(1, bench.Decoder.UnknownEvents()["xx"]);
    }

    [Fact]
    public void Orders_are_opened_changed_and_done()
    {
        using BitfinexBench bench = new(Opening);
        Record[] message = bench.Message(OrdersSnapshot);
        MessageBegin begin = Record.Read<MessageBegin>(message[0]);
        Assert.Equal((MessageType.OrderSnapshot, SnapshotLimits.None, 6), (begin.Type, (SnapshotLimits)begin.Detail, begin.LastSequence));
        OrderOpen[] orders = [.. message[1..].Select(static record => Record.Read<OrderOpen>(record))];
        Assert.Equal((2u, 1, 8), Exponents(bench));
        Assert.Equal([34753002978, 34753002991, 34752998120, 34753003110, 34753002500], orders.Select(static order => order.OrderIdLow));
        Assert.Equal([72947, 72947, 72945, 72948, 72950], orders.Select(static order => order.PriceTicks));
        Assert.Equal([154340371, 20000000, 300000000, 75000000, 12], orders.Select(static order => order.QuantityLots));
        Assert.Equal([Side.Bid, Side.Bid, Side.Bid, Side.Ask, Side.Ask], orders.Select(static order => new OrderCode(order.Header.Code).Side));
        Assert.Equal(TextForm.Of(0, 15), orders[4].Header.TextForm);
        Assert.All(message, static record => Assert.True(record.Header.Has(RecordFlags.Snapshot)));

        message = bench.Message(OrdersUpdate);
        Assert.Equal((MessageType.Orders, 3), (Type(message), message.Length));
        OrderChange change = Record.Read<OrderChange>(message[1]);
        OrderBefore before = Record.Read<OrderBefore>(message[2]);
        Assert.Equal((34753002978, 72947, 120000000, 0), (change.OrderIdLow, change.PriceTicks, change.QuantityLots, change.OrderIdHigh));
        Assert.Equal((RecordKind.OrderChange, RecordKind.OrderChange), (change.Header.Kind, before.Header.Kind));
        Assert.Equal((RecordFlags.Continued | RecordFlags.LastInMessage, 0, Sequence.None), (before.Header.Flags, before.PriceTicks, before.QuantityLots));
        Assert.Equal(OrderCode.Of(Side.Bid, OrderReason.None).Packed, change.Header.Code);

        OrderDone done = Record.Read<OrderDone>(bench.Message(OrdersDelete)[1]);
        Assert.Equal((34753002978, 0, Sequence.None, Sequence.None), (done.OrderIdLow, done.PriceTicks, done.QuantityLots, done.OrderSequence));
        Assert.Equal(OrderCode.Of(Side.Bid, OrderReason.Canceled).Packed, done.Header.Code);

        // Bulk: several of them.
        message = bench.Message("[433290,[[7,0,-1],[8,7294.6,-0.5]],9]");
        Assert.Equal([RecordKind.MessageBegin, RecordKind.OrderDone, RecordKind.OrderChange, RecordKind.OrderChange], message.Select(static record => record.Header.Kind));
        Assert.Equal(Side.Ask, new OrderCode(message[1].Header.Code).Side);
    }

    /// <summary>Rows in the usual form take a path of their own; a blank makes them take the general one. Both read the same, good rows and bad.</summary>
    [Fact]
    public void Both_ways_to_read_rows_are_equal()
    {
        string[] prices = ["7254.7", "0.00001234", "1234567", "12345678", "2e-8", "9.1e-7", "0", "-1", "1.123456789", "01", "1.", "0.0000000000000012", "1e-6", "null"];
        string[] counts = ["1", "0", "1234567", "12345678", "4294967295", "4294967296", "-1", "1.5", "00", "\"1\""];
        string[] amounts = ["3.3", "-1.1", "1", "-1", "1.0", "0", "-0", "0.00000001", "1.2e-7", "-12345678.12345678", "999999999999999999999", "true"];
        int accepted = 0;
        int rejected = 0;
        foreach (bool snapshot in new[] { true, false })
        {
            using BitfinexBench fast = new(Book);
            using BitfinexBench general = new(Book);
            string start = "[17082,[[1e-8,1,1],[0.5,1,-0.00000001]]]";
            fast.Accepts(start);
            general.Accepts(start);
            foreach (string price in prices)
            {
                foreach (string count in counts)
                {
                    foreach (string amount in amounts)
                    {
                        if (snapshot)
                        {
                            fast.Accepts(Book);
                            general.Accepts(Book);
                        }

                        string row = snapshot ? $"[[99,1,2],[{price},{count},{amount}],[100,1,-2]]" : $"[{price},{count},{amount}]";
                        string spaced = row.Replace("[", "[ ", StringComparison.Ordinal);
                        DecodeResult one = fast.Send($"[17082,{row}]");
                        DecodeResult other = general.Send($"[17082,{spaced}]");
                        Assert.Equal((one.Outcome, one.Reason, one.StreamId), (other.Outcome, other.Reason, other.StreamId));
                        Assert.Equal(fast.Batch.Records.ToArray(), general.Batch.Records.ToArray());
                        accepted += one.Outcome == DecodeOutcome.Records ? 1 : 0;
                        rejected += one.Outcome == DecodeOutcome.Records ? 0 : 1;
                    }
                }
            }
        }

        Assert.InRange(accepted, 150, 1000);
        Assert.InRange(rejected, 1000, 4000);
    }

    private static MessageType Type(Record[] message) => Record.Read<MessageBegin>(message[0]).Type;

    // Epoch and decimals of the definition in the batch.
    private static (uint, int, int) Exponents(BitfinexBench bench)
    {
        InstrumentDefinition definition = Record.Read<InstrumentDefinition>(bench.Batch[0]);
        Assert.Equal(RecordKind.InstrumentDefinition, definition.Header.Kind);
        return (definition.Epoch, definition.PriceDecimals, definition.QuantityDecimals);
    }
}
