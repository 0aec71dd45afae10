namespace Lob.Fast.Codecs.Streams;

/// <summary>What stands in a frame behind the fixed text of a <see cref="ShapePlace"/>.</summary>
internal enum ShapePlaceKind : byte
{
    /// <summary>More fixed text.</summary>
    Nothing = 0,

    /// <summary>A JSON number: an integer of up to 16 digits without a sign.</summary>
    Integer = 1,

    /// <summary>The same, perhaps with a minus.</summary>
    SignedInteger = 2,

    /// <summary>A string.</summary>
    Text = 3,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag = 4,

    /// <summary>Nothing: a string that never changes ends the fixed text, and is a field.</summary>
    FixedText = 5,

    /// <summary>The inner object, whose fields follow.</summary>
    Object = 6,

    /// <summary>An array, and in it the inner object, whose fields follow.</summary>
    ObjectInArray = 7,

    /// <summary>An array, which the decoder reads. From here on a reader of places stops.</summary>
    Array = 8,

    /// <summary>The end of the frame.</summary>
    End = 9,
}
