namespace Lob.Fast.VenueSim.Recorded;

/// <summary>What a recorded frame is to the one who plays it.</summary>
internal enum RecordedKind
{
    /// <summary>Goes to those who have subscribed to one of its streams.</summary>
    Data,

    /// <summary>Goes to everyone: the connection's own, of venues whose data cannot be understood without it.</summary>
    Control,

    /// <summary>Given out over REST.</summary>
    Answer,

    /// <summary>Acknowledgements and the like that the local exchange makes itself.</summary>
    LeftOut,
}
