using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lob.Fast.Baselines.Feeds;
using static Lob.Fast.Baselines.SimpleJson;

namespace Lob.Fast.Baselines.Bitfinex;

/// <summary>
/// Bitfinex v2, aggregated books (P0 to P4). Channel ids come from <c>subscribed</c>; the first data of a channel is the whole book. With the flag
/// SEQ_ALL one counter runs over all array frames of the connection, with OB_CHECKSUM the venue states checksums of its books.
/// </summary>
public sealed partial class SimpleBitfinexReplay : SimpleFeedReplay
{
    private const long MaintenanceOver = 20_061;

    private readonly Dictionary<int, BitfinexConnection> _connections = [];

    protected override SimpleFrame Take(int connection, JsonElement root)
    {
        if (!_connections.TryGetValue(connection, out BitfinexConnection? of))
        {
            of = _connections[connection] = new BitfinexConnection();
        }

        return root.ValueKind switch
        {
            JsonValueKind.Object => Event(connection, of, root),
            JsonValueKind.Array => Data(connection, of, root),
            _ => throw new FormatException("neither object nor array"),
        };
    }

    /// <inheritdoc/>
    public override string? NameAtStart(string text) => ChannelAtStart().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    private SimpleFrame Event(int connection, BitfinexConnection of, JsonElement root)
    {
        string name = Text(root, "event");
        var frame = new SimpleFrame(SimpleFrameKind.Control, name);
        switch (name)
        {
            case "info" when Has(root, "version"):
                of.Channels.Clear();
                of.Flags = BitfinexFlags.None;
                StartOver(connection);
                return frame;
            case "info" when Has(root, "code") && Integer(root, "code") == MaintenanceOver:
                of.Channels.Clear();
                StartBooksOver(connection);
                return frame;
            case "conf" when Text(root, "status") == "OK":
                bool wasSequenced = of.Flags.HasFlag(BitfinexFlags.SequenceAll);
                of.Flags = (BitfinexFlags)Integer(root, "flags");
                if (of.Flags.HasFlag(BitfinexFlags.SequenceAll) != wasSequenced)
                {
                    // No book is sent again, and the count begins at 1.
                    StartBooksOver(connection);
                    ForgetCount(connection);
                }

                return frame;
            case "subscribed":
                return Subscribed(connection, of, root);
            case "unsubscribed":
                of.Channels.Remove(Integer(root, "chanId"), out BitfinexChannel? ended);
                ended?.Book?.End();
                return frame;
            default:
                bool isKnown = name is "info" or "conf" or "pong" or "error";
                return frame with { Kind = isKnown ? SimpleFrameKind.Control : SimpleFrameKind.Unknown };
        }
    }

    private SimpleFrame Subscribed(int connection, BitfinexConnection of, JsonElement root)
    {
        string channel = Text(root, "channel");
        long id = Integer(root, "chanId");
        string name = id.ToString(CultureInfo.InvariantCulture);
        SimpleFeedStream? book = null;
        if (channel == "book" && Text(root, "prec").StartsWith('P') && Text(root, "symbol").StartsWith('t'))
        {
            book = StreamOf(Text(root, "symbol"), $"book.{Text(root, "prec")}.{Text(root, "freq")}.{Text(root, "len")}", connection, name);
        }

        of.Channels[id] = new BitfinexChannel(channel, book);
        return new SimpleFrame(SimpleFrameKind.Control, "subscribed", name);
    }

    private SimpleFrame Data(int connection, BitfinexConnection of, JsonElement root)
    {
        List<JsonElement> items = [.. root.EnumerateArray()];
        if (items.Count < 2 + Behind(of.Flags) || items[0].ValueKind != JsonValueKind.Number || !items[0].TryGetInt64(out long id))
        {
            throw new FormatException("not a channel id, data, and what the flags put behind them");
        }

        long? sequence = of.Flags.HasFlag(BitfinexFlags.SequenceAll) ? Whole(items[^Behind(of.Flags)], least: 1) : null;
        if (of.Flags.HasFlag(BitfinexFlags.Timestamp))
        {
            Whole(items[^1], least: 0);
        }

        BitfinexChannel? channel = of.Channels.GetValueOrDefault(id);
        JsonElement data = items[1];
        string what = data.ValueKind == JsonValueKind.String ? data.GetString()! : "";
        SimpleRows rows = default;
        int checksum = 0;
        bool isBook = channel?.Book is not null && what != "hb";
        if (isBook && what == "cs")
        {
            checksum = (int)Whole(items[2], int.MinValue, int.MaxValue);
        }
        else if (isBook)
        {
            rows = RowsOf(data, channel!.HasSnapshot);
        }

        // From here on the frame is believed.
        bool isNew = sequence is null || Counted(connection, sequence.Value);
        if (!isNew)
        {
            channel?.Book?.Repeat();
        }
        else if (isBook && what == "cs")
        {
            Check(channel!.Book!, checksum);
        }
        else if (isBook)
        {
            Book(channel!, rows, IsList(data), sequence);
        }

        string name = id.ToString(CultureInfo.InvariantCulture);
        return what == "hb" ? new SimpleFrame(SimpleFrameKind.Heartbeat, "hb", channel is null ? null : name)
            : channel is null ? new SimpleFrame(SimpleFrameKind.Unknown, "channel")
            : new SimpleFrame(SimpleFrameKind.Message, what == "cs" ? what : channel.Name, name);
    }

    private void Check(SimpleFeedStream book, int checksum)
    {
        if (book.State == SimpleBookState.Live)
        {
            book.Check(new SimpleChecksum(checksum, AskSign: "-", NowNs));
        }
        else
        {
            book.Ignore();
        }
    }

    private static void Book(BitfinexChannel channel, SimpleRows rows, bool isList, long? sequence)
    {
        SimpleFeedStream book = channel.Book!;
        SimpleEvidence evidence = sequence is null ? SimpleEvidence.None : SimpleEvidence.Sequence;
        if (!channel.HasSnapshot && isList)
        {
            channel.HasSnapshot = true;
            book.Replace(rows, sequence, evidence);
        }
        else if (channel.HasSnapshot && book.State == SimpleBookState.Live)
        {
            book.Change(rows, sequence, evidence);
        }
        else
        {
            book.Ignore();
        }
    }

    // The first data of a channel is a list of rows; later ones are one row, or a list where several are sent at once.
    private static SimpleRows RowsOf(JsonElement data, bool isUpdate)
    {
        if (data.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("a book frame without rows");
        }

        bool isList = IsList(data);
        List<SimpleRow> bids = [];
        List<SimpleRow> asks = [];
        foreach (JsonElement row in isList ? [.. data.EnumerateArray()] : new[] { data })
        {
            (bool isBid, SimpleRow level) = Row(row);
            (isBid ? bids : asks).Add(level);
        }

        var rows = new SimpleRows(bids, asks);
        return isUpdate || !isList ? rows : rows.Whole();
    }

    private static bool IsList(JsonElement data) => data.GetArrayLength() == 0 || data[0].ValueKind == JsonValueKind.Array;

    // Price, number of orders, amount: above zero a bid, below an ask. No orders = the level is gone, and the amount says only the side.
    private static (bool IsBid, SimpleRow Row) Row(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < 3)
        {
            throw new FormatException("a row of fewer than three numbers");
        }

        long orders = Whole(row[1], least: 0);
        decimal price = Decimal(row[0]);
        decimal amount = Decimal(row[2]);
        if (price <= 0 || amount == 0 || (orders == 0 && Math.Abs(amount) != 1))
        {
            throw new FormatException("a row without price or amount, or a delete with one");
        }

        string quantity = row[2].GetRawText().TrimStart('-');
        return (amount > 0, new SimpleRow(row[0].GetRawText(), quantity, price, orders == 0 ? 0 : Math.Abs(amount), orders));
    }

    private static decimal Decimal(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && decimal.TryParse(number.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : throw new FormatException("not a number");

    private static long Whole(JsonElement number, long least, long most = long.MaxValue) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out long value) && value >= least && value <= most
            ? value
            : throw new FormatException("not a whole number");

    // Items behind the data: sequence, then time.
    private static int Behind(BitfinexFlags flags) =>
        (flags.HasFlag(BitfinexFlags.SequenceAll) ? 1 : 0) + (flags.HasFlag(BitfinexFlags.Timestamp) ? 1 : 0);

    [GeneratedRegex("""^\[([0-9]+),""")]
    private static partial Regex ChannelAtStart();
}
