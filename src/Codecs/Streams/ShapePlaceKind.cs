namespace Lob.Fast.Codecs.Streams;

/// <summary>What stands in a frame behind the fixed text of a <see cref="ShapePlace"/>.</summary>
internal enum ShapePlaceKind : byte
{
    /// <summary>More fixed text, or the end.</summary>
    Nothing = 0,

    /// <summary>A JSON number: an integer without a sign, of up to 16 digits.</summary>
    Integer = 1,

    /// <summary>A string.</summary>
    Text = 2,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag = 3,

    /// <summary>An array, which the decoder reads.</summary>
    Array = 4,

    /// <summary>Nothing: a string that never changes ends the fixed text, and is a field.</summary>
    FixedText = 5,
}
