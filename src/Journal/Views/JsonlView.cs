using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// The OKX exporter's line: the venue's own strings, the count of orders, the venue's last checksum and sequences, one file an hour of event
/// time. Its keys and their order are fixed, so what else there is to say of a book lies in the metadata beside.
/// </summary>
internal sealed class JsonlView : IView
{
    /// <summary>What the exporter's channel has.</summary>
    public const int LevelsDefault = 400;

    private const long NsPerMs = 1_000_000;
    private const long NsPerHour = 3_600_000_000_000;

    private readonly Dictionary<uint, Fixed> _fixed = [];

    /// <inheritdoc/>
    public void Write(BookRow row, IRowFiles files)
    {
        Fixed texts = Texts(row.Stream);
        RowFile part = files.Of(row.Stream, PathOf(texts, row.EventTimeNs));
        part.Summary.AddRow(row);
        WriteLine(row, texts, part.Text);
        files.RowDone();
    }

    /// <inheritdoc/>
    public void WriteGap(BookRow row, IRowFiles files)
    {
        files.Of(row.Stream, PathOf(Texts(row.Stream), row.EventTimeNs)).Summary.AddGap(row);
        Write(row, files);
    }

    /// <inheritdoc/>
    public byte[] Head(in ViewPath path, RowSummary summary) => [];

    /// <inheritdoc/>
    public void Describe(Utf8JsonWriter json, ViewStream stream) =>
        json.WriteString("times", "timestamp_utc is the venue's event time, or where it gives none the time of the row");

    private static void WriteLine(BookRow row, Fixed texts, TextBuffer line)
    {
        L2Book book = row.Book;
        line.Append("{\"timestamp_utc\":\""u8);
        WriteTime(row.EventTimeNs, line);
        line.Append(texts.Names);
        WriteLevels(book, row.Bids, line);
        line.Append(",\"asks_top400\":"u8);
        WriteLevels(book, row.Asks, line);
        line.Append(",\"best_bid\":"u8);
        WriteBest(book, row.Bids, line);
        line.Append(",\"best_ask\":"u8);
        WriteBest(book, row.Asks, line);
        line.Append(",\"mid_price\":"u8);
        WriteMid(row, line);
        line.Append(",\"checksum\":"u8);
        WriteNumber(row.Checksum, line);
        line.Append(",\"seqId\":"u8);
        WriteNumber(row.Followed.LastSequence == Sequence.None ? null : row.Followed.LastSequence, line);
        line.Append(",\"prevSeqId\":"u8);
        WriteNumber(row.PreviousSequence == Sequence.None ? null : row.PreviousSequence, line);
        line.Append(row.Gap == GapReason.None ? ",\"gap_detected\":false}\n"u8 : ",\"gap_detected\":true}\n"u8);
    }

    private static void WriteLevels(L2Book book, ReadOnlySpan<BookLevel> levels, TextBuffer line)
    {
        line.Append((byte)'[');
        for (int i = 0; i < levels.Length; i++)
        {
            line.Append(i == 0 ? "[\""u8 : ",[\""u8);
            line.AppendPrice(book, levels[i]);
            line.Append("\",\""u8);
            line.AppendQuantity(book, levels[i]);
            line.Append("\",\"0\",\""u8);
            line.Append((long)levels[i].OrderCount);
            line.Append("\"]"u8);
        }

        line.Append((byte)']');
    }

    private static void WriteBest(L2Book book, ReadOnlySpan<BookLevel> levels, TextBuffer line)
    {
        if (levels.IsEmpty)
        {
            line.Append("null"u8);
            return;
        }

        line.Append((byte)'"');
        line.AppendPrice(book, levels[0]);
        line.Append((byte)'"');
    }

    /// <summary>Half the sum of the two best prices, exactly: it may need one decimal more than they have.</summary>
    private static void WriteMid(BookRow row, TextBuffer line)
    {
        if (row.Bids.IsEmpty || row.Asks.IsEmpty)
        {
            line.Append("null"u8);
            return;
        }

        Int128 sum = (Int128)row.Bids[0].PriceTicks + row.Asks[0].PriceTicks;
        int decimals = row.Book.PriceDecimals;
        line.Append((byte)'"');
        line.Append(Int128.IsEvenInteger(sum) ? DecimalText.FormatShort((long)(sum / 2), decimals) : HalfOfOdd(sum, decimals));
        line.Append((byte)'"');
    }

    /// <summary>Half of an odd sum of ticks. It ends in a 5 one decimal behind the ticks', where a long may no longer hold it.</summary>
    private static string HalfOfOdd(Int128 sum, int decimals)
    {
        string digits = (sum * 5).ToString("D" + (decimals + 2).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return digits.Insert(digits.Length - decimals - 1, ".");
    }

    private static void WriteNumber(long? value, TextBuffer line)
    {
        if (value is { } known)
        {
            line.Append(known);
        }
        else
        {
            line.Append("null"u8);
        }
    }

    /// <summary>2023-12-14T15:30:45.123Z.</summary>
    private static void WriteTime(long unixNs, TextBuffer line)
    {
        DateTime time = DateTime.UnixEpoch.AddMilliseconds(unixNs / NsPerMs);
        time.TryFormat(line.Take(24), out _, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
    }

    private Fixed Texts(ViewStream stream)
    {
        if (!_fixed.TryGetValue(stream.Id, out Fixed? texts))
        {
            texts = new Fixed(stream);
            _fixed.Add(stream.Id, texts);
        }

        return texts;
    }

    private static ViewPath PathOf(Fixed texts, long eventTimeNs)
    {
        long hour = eventTimeNs / NsPerHour;
        if (texts.Hour != hour)
        {
            texts.Hour = hour;
            string time = DateTime.UnixEpoch.AddHours(hour).ToString("yyyy-MM-dd/HH", CultureInfo.InvariantCulture);
            texts.Path = new ViewPath($"{texts.Folder}/{time}", ".jsonl");
        }

        return texts.Path;
    }

    /// <summary>What is the same in every line of a stream, and where the last one went.</summary>
    private sealed class Fixed
    {
        public Fixed(ViewStream stream)
        {
            ViewInstrument instrument = stream.Instrument;
            string venue = instrument.Venue.ToName();

            // The exporter's folder has this name whatever the instrument; the market is in each line.
            string kind = instrument.Venue == Venue.Okx ? "l2_perps" : "l2";
            string own = stream.HasSiblings ? "/" + ViewPath.NameOf(stream.Channel) : "";
            Folder = $"raw/{venue}/{kind}/{ViewPath.NameOf(instrument.Symbol)}{own}";

            using var names = new MemoryStream();
            using (var json = new Utf8JsonWriter(names, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteString("exchange", venue);
                json.WriteString("market", Markets.Of(instrument.Venue, instrument.Symbol));
                json.WriteString("channel", stream.Channel);
                json.WriteString("instId", instrument.Symbol);
                json.WriteEndObject();
            }

            // Without the braces: the keys stand between the line's first and its levels.
            Names = [.. "\","u8, .. names.ToArray().AsSpan()[1..^1], .. ",\"bids_top400\":"u8];
        }

        public string Folder { get; }

        /// <summary>From the end of the time to the bids.</summary>
        public byte[] Names { get; }

        public long Hour { get; set; } = -1;

        public ViewPath Path { get; set; }
    }
}
