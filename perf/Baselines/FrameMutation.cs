namespace Lob.Fast.Baselines;

/// <summary>What was done to a frame.</summary>
public enum FrameMutation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One bit of a byte.</summary>
    BitFlipped,

    /// <summary>A byte became another.</summary>
    ByteReplaced,

    /// <summary>A byte was put in.</summary>
    ByteInserted,

    /// <summary>A byte was taken out.</summary>
    ByteDeleted,

    /// <summary>The frame was cut short.</summary>
    Truncated,

    /// <summary>A piece stands twice.</summary>
    SliceRepeated,

    /// <summary>A piece is missing.</summary>
    SliceDeleted,

    /// <summary>The beginning of one frame and the end of another.</summary>
    Spliced,

    /// <summary>Something stands behind the end.</summary>
    Appended,

    /// <summary>Blanks, tabs and line ends around a token; allowed by JSON.</summary>
    BlanksInserted,

    /// <summary>A key and its value, or an element, are missing.</summary>
    ItemDropped,

    /// <summary>A key and its value, or an element, stand twice.</summary>
    ItemRepeated,

    /// <summary>A key stands twice, the second time with another value.</summary>
    KeyRepeated,

    /// <summary>A key is spelt otherwise.</summary>
    KeyRenamed,

    /// <summary>Two members, or two elements, changed places.</summary>
    ItemsSwapped,

    /// <summary>A key that the venue does not know, or a further element of a row.</summary>
    ItemAdded,

    /// <summary>A value is of another type.</summary>
    TypeChanged,

    /// <summary>A number is written as no venue writes it.</summary>
    NumberDistorted,

    /// <summary>A number, well written, is another: zero, negative, one more or less, huge, a time far away.</summary>
    NumberChanged,

    /// <summary>A value stands inside many arrays or objects.</summary>
    Nested,

    /// <summary>A text is very long, empty, or holds control characters.</summary>
    TextDistorted,

    /// <summary>A text is not UTF-8, or holds a NUL or half a surrogate pair.</summary>
    Utf8Broken,

    /// <summary>A key or text is written with an escape; it means the same.</summary>
    Escaped,

    /// <summary>A name, word or id is another one.</summary>
    NameChanged,

    /// <summary>A time is written otherwise, or is of a year that cannot be.</summary>
    TimeChanged,
}
