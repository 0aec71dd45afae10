namespace Lob.Fast.Engine.Records;

/// <summary>Why a book lost its proof.</summary>
public enum GapReason : byte
{
    /// <summary>Not stated.</summary>
    None = 0,

    /// <summary>A message is missing, or one came that does not follow.</summary>
    Sequence = 1,

    /// <summary>The venue's checksum is another than the book's.</summary>
    Checksum = 2,

    /// <summary>A frame of the stream was rejected, so its content is missing.</summary>
    FrameRejected = 3,

    /// <summary>More levels than a book may hold.</summary>
    BookFull = 4,

    /// <summary>The connection was lost.</summary>
    Connection = 5,
}
