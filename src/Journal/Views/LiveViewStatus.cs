namespace Lob.Fast.Journal.Views;

/// <summary>How a <see cref="LiveViews"/> stands.</summary>
public sealed record LiveViewStatus
{
    /// <summary>Rows appended by this run.</summary>
    public required long Rows { get; init; }

    /// <summary>Gaps met by this run.</summary>
    public required long Gaps { get; init; }

    /// <summary>Data files known, those of earlier runs included.</summary>
    public required int Files { get; init; }

    /// <summary>How far the rows were behind the newest record of the journal when it was last looked at, ns on the receive axis.</summary>
    public required long LagNs { get; init; }

    /// <summary>What ended it early; null = it runs, or has stopped as it should.</summary>
    public string? Failure { get; init; }
}
