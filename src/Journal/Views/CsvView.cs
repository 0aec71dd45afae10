using System.Globalization;
using System.Text;
using System.Text.Json;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>One row a book, one column a number, in the venue's own text; empty where there is no level.</summary>
internal sealed class CsvView(int levels) : IView
{
    /// <summary>Ten levels a side: 47 columns.</summary>
    public const int LevelsDefault = 10;

    /// <inheritdoc/>
    public void Write(BookRow row, IRowFiles files)
    {
        RowFile part = PartOf(row, files);
        part.Summary.AddRow(row);
        TextBuffer line = part.Text;
        line.Append(row.TimeNs);
        line.Append((byte)',');
        if (row.Followed.VenueTimeNs != 0)
        {
            line.Append(row.Followed.VenueTimeNs);
        }

        line.Append((byte)',');
        line.Append(Quoted(row.Stream.Instrument.Symbol));
        line.Append((byte)',');
        line.Append(Quoted(row.Stream.Channel));
        line.Append((byte)',');
        line.Append(row.Followed.State.ToString());
        line.Append((byte)',');
        line.Append(row.Followed.Evidence.ToString());
        line.Append((byte)',');
        if (row.Followed.LastSequence != Sequence.None)
        {
            line.Append(row.Followed.LastSequence);
        }

        WriteLevels(row.Book, row.Bids, line);
        WriteLevels(row.Book, row.Asks, line);
        line.Append((byte)'\n');
        files.RowDone();
    }

    /// <inheritdoc/>
    public void WriteGap(BookRow row, IRowFiles files) => PartOf(row, files).Summary.AddGap(row);

    /// <inheritdoc/>
    public byte[] Head(in ViewPath path, RowSummary summary)
    {
        var head = new StringBuilder("ts_ns,venue_ts_ns,symbol,channel,state,evidence,sequence");
        foreach (string side in (string[])["bid", "ask"])
        {
            for (int i = 1; i <= levels; i++)
            {
                head.Append(CultureInfo.InvariantCulture, $",{side}_price_{i},{side}_qty_{i}");
            }
        }

        return Encoding.ASCII.GetBytes(head.Append('\n').ToString());
    }

    /// <inheritdoc/>
    public void Describe(Utf8JsonWriter json, ViewStream stream) =>
        json.WriteString("times", "ts_ns is the time of the row on the receive axis, venue_ts_ns the venue's event time, both Unix ns");

    private static RowFile PartOf(BookRow row, IRowFiles files) => files.Of(row.Stream, new ViewPath(row.Stream.Stem, ".csv"));

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private void WriteLevels(L2Book book, ReadOnlySpan<BookLevel> held, TextBuffer line)
    {
        foreach (BookLevel level in held)
        {
            line.Append((byte)',');
            line.AppendPrice(book, level);
            line.Append((byte)',');
            line.AppendQuantity(book, level);
        }

        line.Take(2 * (levels - held.Length)).Fill((byte)',');
    }
}
