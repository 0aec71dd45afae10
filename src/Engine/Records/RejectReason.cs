namespace Lob.Fast.Engine.Records;

/// <summary>Why a frame was not taken in. Values are part of the journal format.</summary>
public enum RejectReason : byte
{
    /// <summary>It was taken in.</summary>
    None = 0,

    /// <summary>Not JSON: a character that the grammar does not allow there.</summary>
    Syntax = 1,

    /// <summary>The frame ends inside a value.</summary>
    Truncated = 2,

    /// <summary>Text after the end of the value.</summary>
    TrailingGarbage = 3,

    /// <summary>A string is not valid UTF-8.</summary>
    NotUtf8 = 4,

    /// <summary>Nested deeper than the scanner's limit.</summary>
    TooDeep = 5,

    /// <summary>Longer than a frame may be.</summary>
    Oversized = 6,

    /// <summary>The frame is empty.</summary>
    Empty = 7,

    /// <summary>A field of a known event has another JSON type than it should.</summary>
    WrongType = 8,

    /// <summary>A required field is missing.</summary>
    MissingField = 9,

    /// <summary>A field that is read occurs twice.</summary>
    DuplicateField = 10,

    /// <summary>A number is not written as the venue writes numbers (sign, exponent, leading zero, empty, NaN).</summary>
    BadNumber = 11,

    /// <summary>A number has more digits or decimals than can be held exactly.</summary>
    NumberOutOfRange = 12,

    /// <summary>A price or time that cannot be: a price of zero or below, a year before 2000 or after 2200.</summary>
    ImpossibleValue = 13,

    /// <summary>First sequence above the last one.</summary>
    SequenceOrder = 14,

    /// <summary>A snapshot whose sides are not sorted best first, or that names a price twice.</summary>
    LevelOrder = 15,

    /// <summary>The symbol inside the frame is not the one its stream name says.</summary>
    SymbolMismatch = 16,

    /// <summary>A symbol or channel name longer than a record holds, or with characters outside printable ASCII.</summary>
    BadName = 17,

    /// <summary>A book snapshot without a symbol, and the recording does not tell which it is.</summary>
    UnknownSymbol = 18,

    /// <summary>More instruments or streams than the engine was set up for.</summary>
    TooManyStreams = 19,

    /// <summary>A line of a recording that is not of the form "receive-time frame".</summary>
    BadLine = 20,
}
