using Lob.Fast.Codecs;
using Lob.Fast.Engine.Integrity;
using Lob.Fast.Engine.Records;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;
using Lob.Fast.Journal;

namespace Lob.Fast.Cli.Replaying;

/// <summary>What to replay and where to.</summary>
internal sealed record ReplayRequest
{
    /// <summary>Files of one recording, in order.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public required Venue Venue { get; init; }

    /// <summary>Symbol of REST answers that carry none; null = the only depth symbol of the files.</summary>
    public string? Symbol { get; init; }

    /// <summary>Folder of the journal; null = books in memory only.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>Continue an existing journal instead of refusing it.</summary>
    public bool Append { get; init; }

    /// <summary>Stop at the first frame whose fields are not those the venue documents.</summary>
    public bool Strict { get; init; }

    /// <summary>What a checksum that does not match leads to.</summary>
    public MismatchPolicy OnChecksumMismatch { get; init; }

    /// <summary>Makes the decoder of the files; null = that of the venue's own messages.</summary>
    public Func<DecoderOptions, IVenueDecoder>? Decoder { get; init; }

    public JournalOptions JournalOptions { get; init; } = new();

    /// <summary>The threads.</summary>
    public LayoutPlan Plan { get; init; } = LayoutPlan.Choose(null, WaitKind.Yield, null);

    public Action<BookTransition>? OnTransition { get; init; }
}
