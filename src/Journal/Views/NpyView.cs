using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lob.Fast.Engine.Books;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>
/// Three arrays a stream, NPY 1.0, little-endian, row by row: <c>.levels.npy</c> int64 (rows, 2, levels, 2) with bid and ask, best first, price in
/// ticks and quantity in lots; <c>.scaled.npy</c> float64, the same in units of the instrument; <c>.times.npy</c> int64 (rows, 3).
/// </summary>
internal sealed class NpyView(int levels) : IView
{
    public const int LevelsDefault = 10;

    private const string LevelsEnding = ".levels.npy";
    private const string ScaledEnding = ".scaled.npy";
    private const string TimesEnding = ".times.npy";
    private const int TimesColumns = 3;
    private const int ValueBytes = sizeof(long);

    /// <summary>The magic string, the version 1.0 and the length of the text that follows.</summary>
    private const int HeadBytesBeforeText = 10;

    /// <summary>The format wants the data at a multiple of this.</summary>
    private const int HeadAlignment = 64;

    /// <summary>Integers up to here are exact as doubles, and so is 10^n up to n = 22: their quotient is then the nearest double there is.</summary>
    private const long ExactMax = 1L << 53;

    /// <inheritdoc/>
    public void Write(BookRow row, IRowFiles files)
    {
        string stem = row.Stream.Stem;
        RowFile part = files.Of(row.Stream, new ViewPath(stem, LevelsEnding));
        RowFile scaled = files.Of(row.Stream, new ViewPath(stem, ScaledEnding));
        RowFile times = files.Of(row.Stream, new ViewPath(stem, TimesEnding));
        part.Summary.AddRow(row);
        scaled.Summary.AddRow(row);
        times.Summary.AddRow(row);

        // An instrument that got finer later has that scale in all rows.
        InstrumentDefinition definition = row.Stream.Instrument.Definition;
        long priceFactor = PowersOfTen.Of(definition.PriceDecimals - row.Book.PriceDecimals);
        long quantityFactor = PowersOfTen.Of(definition.QuantityDecimals - row.Book.QuantityDecimals);
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Bid, Side.Ask])
        {
            ReadOnlySpan<BookLevel> held = side == Side.Bid ? row.Bids : row.Asks;
            for (int i = 0; i < levels; i++)
            {
                long ticks = i < held.Length ? checked(held[i].PriceTicks * priceFactor) : 0;
                long lots = i < held.Length ? checked(held[i].QuantityLots * quantityFactor) : 0;
                Append(part.Text, ticks);
                Append(part.Text, lots);
                Append(scaled.Text, i < held.Length ? Scaled(ticks, definition.PriceDecimals) : double.NaN);
                Append(scaled.Text, Scaled(lots, definition.QuantityDecimals));
            }
        }

        Append(times.Text, row.TimeNs);
        Append(times.Text, row.Followed.VenueTimeNs);
        Append(times.Text, row.Followed.LastSequence);
        files.RowDone();
    }

    /// <inheritdoc/>
    public void WriteGap(BookRow row, IRowFiles files)
    {
        string stem = row.Stream.Stem;
        files.Of(row.Stream, new ViewPath(stem, LevelsEnding)).Summary.AddGap(row);
        files.Of(row.Stream, new ViewPath(stem, ScaledEnding)).Summary.AddGap(row);
        files.Of(row.Stream, new ViewPath(stem, TimesEnding)).Summary.AddGap(row);
    }

    /// <inheritdoc/>
    public byte[] Head(in ViewPath path, RowSummary summary)
    {
        string type = path.Ending == ScaledEnding ? "<f8" : "<i8";
        string shape = path.Ending == TimesEnding ? $"{summary.Rows}, {TimesColumns}" : $"{summary.Rows}, 2, {levels}, 2";
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}";

        // Spaces up to the alignment, the last byte a line feed.
        int bytes = (HeadBytesBeforeText + text.Length + 1 + HeadAlignment - 1) / HeadAlignment * HeadAlignment;
        byte[] head = new byte[bytes];
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        magic.CopyTo(head);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(magic.Length), (ushort)(bytes - HeadBytesBeforeText));
        head.AsSpan(HeadBytesBeforeText).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, head.AsSpan(HeadBytesBeforeText));
        head[^1] = (byte)'\n';
        return head;
    }

    /// <inheritdoc/>
    public void Describe(Utf8JsonWriter json, ViewStream stream)
    {
        json.WriteStartObject("arrays");
        WriteArray(LevelsEnding, "<i8", "row, side (0 bid, 1 ask), level (0 best), value (0 price in ticks, 1 quantity in lots); no level: 0 and 0");
        WriteArray(ScaledEnding, "<f8", "the same as numbers: ticks x 10^-price_decimals, lots x 10^-quantity_decimals; no level: NaN and 0");
        WriteArray(
            TimesEnding,
            "<i8",
            "row, column (0 time of the row on the receive axis, Unix ns; 1 the venue's event time, Unix ns, 0 = none; 2 last sequence, "
                + Sequence.None.ToString(CultureInfo.InvariantCulture) + " = none)");
        json.WriteEndObject();

        void WriteArray(string ending, string type, string axes)
        {
            json.WriteStartObject(ending.Split('.')[1]);
            json.WriteString("file", ViewPath.NameOf(stream.Channel) + ending);
            json.WriteString("dtype", type);
            json.WriteString("axes", axes);
            json.WriteEndObject();
        }
    }

    private static double Scaled(long value, int decimals) =>
        Math.Abs(value) <= ExactMax
            ? value / (double)PowersOfTen.Of(decimals)
            : double.Parse(DecimalText.FormatShort(value, decimals), CultureInfo.InvariantCulture);

    private static void Append(TextBuffer target, long value) => BinaryPrimitives.WriteInt64LittleEndian(target.Take(ValueBytes), value);

    private static void Append(TextBuffer target, double value) => BinaryPrimitives.WriteDoubleLittleEndian(target.Take(ValueBytes), value);
}
