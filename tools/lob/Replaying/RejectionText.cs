using System.Globalization;
using System.Text;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Cli.Replaying;

/// <summary>A rejected frame in words: where it is, what was expected there, what came, and what to do.</summary>
internal static class RejectionText
{
    private const int ExcerptBefore = 16;
    private const int ExcerptAfter = 32;

    /// <summary>One line.</summary>
    /// <param name="source">The recording.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="result">Why it was rejected, and where.</param>
    /// <param name="missingFields">Fields that were missing; none = an item of a row, if anything.</param>
    /// <param name="isImport">It is a line of an import and no message of a venue.</param>
    public static string Of(string source, in Frame frame, in DecodeResult result, IReadOnlyList<string> missingFields, bool isImport)
    {
        string missing = result.Reason != RejectReason.MissingField ? ""
            : missingFields.Count == 0 ? " (an item of a row)"
            : $" ({string.Join(", ", missingFields)})";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{source}, line {frame.Line}, byte {result.FaultByte} of the frame: {result.Reason}{missing}: expected {Expected(result.Reason, isImport)}; came {Excerpt(frame.Bytes, result.FaultByte)}");
    }

    /// <summary>What the frame should have held where the fault was seen, and where that is not obvious what to do about it.</summary>
    public static string Expected(RejectReason reason, bool isImport = false) => reason switch
    {
        RejectReason.MissingField when isImport => "ts, symbol, bids and asks, and in each level a price and a quantity (docs/VIEWS.md)",
        RejectReason.WrongType when isImport => "another JSON type (docs/VIEWS.md shows a line)",
        RejectReason.BadLine when isImport => "one JSON object a line",
        RejectReason.UnknownSymbol when isImport => "a symbol: in the line, or with --symbol",
        RejectReason.Syntax => "JSON (RFC 8259)",
        RejectReason.Truncated => "the rest of the frame: it ends inside a value",
        RejectReason.TrailingGarbage => "the end of the frame: one JSON value a line",
        RejectReason.NotUtf8 => "valid UTF-8",
        RejectReason.TooDeep => "at most 64 nested objects and arrays",
        RejectReason.Oversized => $"at most {Frame.BytesMax:N0} bytes",
        RejectReason.Empty => "a frame: the line is empty",
        RejectReason.WrongType => "another JSON type, as the venue documents it; if the venue has changed, the codec must be updated",
        RejectReason.MissingField => "all fields the venue documents; if the venue has changed, the codec must be updated",
        RejectReason.DuplicateField => "each field once",
        RejectReason.BadNumber => "a number as the venue writes it: digits and at most one point, no blank, no leading zero, a sign or exponent only where it uses them",
        RejectReason.NumberOutOfRange => "at most 14 decimals, and a value that 64 bits hold exactly together with those before it",
        RejectReason.ImpossibleValue => "a price above zero and a time between 2000 and 2200",
        RejectReason.SequenceOrder => "a first sequence at or below the last one",
        RejectReason.LevelOrder => "levels best first, no price twice",
        RejectReason.SymbolMismatch => "the symbol that the stream's name says",
        RejectReason.BadName => "a name of 1 to 40 printable ASCII characters",
        RejectReason.UnknownSymbol => "a symbol: name it with --symbol, or write @SYMBOL before the frame",
        RejectReason.TooManyStreams => "no more than 65,536 streams",
        RejectReason.BadLine => "a line \"<receive time, Unix ns> <frame>\" or a bare frame",
        _ => "something else",
    };

    private static string Excerpt(ReadOnlySpan<byte> frame, int at)
    {
        if (at >= frame.Length)
        {
            return $"the end after {frame.Length:N0} bytes";
        }

        int start = Math.Max(0, at - ExcerptBefore);
        int end = Math.Min(frame.Length, at + ExcerptAfter);
        StringBuilder text = new();
        foreach (char letter in Encoding.Latin1.GetString(frame[start..end]))
        {
            _ = text.Append(letter is >= ' ' and <= '~' ? letter : '·');
        }

        return $"{(start > 0 ? "…" : "")}{text.ToString(0, at - start)}»{text.ToString(at - start, end - at)}{(end < frame.Length ? "…" : "")}";
    }
}
