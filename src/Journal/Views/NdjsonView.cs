using System.Text.Encodings.Web;
using System.Text.Json;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// The Bybit collector's line: event time in milliseconds, symbol, levels as pairs of JSON numbers, best first, and where the venue has them its
/// sequence <c>u</c> and its second one <c>seq</c>. The numbers are the venue's own digits; none passes through a floating-point number.
/// </summary>
internal sealed class NdjsonView : IView
{
    private const long NsPerMs = 1_000_000;

    /// <inheritdoc/>
    public void Write(BookRow row, IRowFiles files)
    {
        RowFile part = PartOf(row, files);
        part.Summary.AddRow(row);
        TextBuffer line = part.Text;
        line.Append("{\"ts\":"u8);
        line.Append(row.EventTimeNs / NsPerMs);
        line.Append(",\"symbol\":"u8);
        line.Append("\""u8);
        line.Append(JsonEncodedText.Encode(row.Stream.Instrument.Symbol, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        line.Append("\",\"bids\":"u8);
        WriteLevels(row.Book, row.Bids, line);
        line.Append(",\"asks\":"u8);
        WriteLevels(row.Book, row.Asks, line);
        WriteSequence(",\"u\":"u8, row.Followed.LastSequence, line);
        WriteSequence(",\"seq\":"u8, row.PreviousSequence, line);
        line.Append("}\n"u8);
        files.RowDone();
    }

    /// <inheritdoc/>
    public void WriteGap(BookRow row, IRowFiles files) => PartOf(row, files).Summary.AddGap(row);

    /// <inheritdoc/>
    public byte[] Head(in ViewPath path, RowSummary summary) => [];

    /// <inheritdoc/>
    public void Describe(Utf8JsonWriter json, ViewStream stream) =>
        json.WriteString("times", "ts is the venue's event time in ms, or where it gives none the time of the row");

    private static RowFile PartOf(BookRow row, IRowFiles files) => files.Of(row.Stream, new ViewPath(row.Stream.Stem, ".ndjson"));

    private static void WriteLevels(L2Book book, ReadOnlySpan<BookLevel> levels, TextBuffer line)
    {
        line.Append((byte)'[');
        for (int i = 0; i < levels.Length; i++)
        {
            line.Append(i == 0 ? "["u8 : ",["u8);
            line.AppendPrice(book, levels[i]);
            line.Append((byte)',');
            line.AppendQuantity(book, levels[i]);
            line.Append((byte)']');
        }

        line.Append((byte)']');
    }

    private static void WriteSequence(ReadOnlySpan<byte> key, long sequence, TextBuffer line)
    {
        if (sequence != Sequence.None)
        {
            line.Append(key);
            line.Append(sequence);
        }
    }
}
