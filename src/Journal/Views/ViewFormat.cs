namespace Lob.Fast.Journal.Views;

/// <summary>A form in which the books of a journal can be written out. <c>docs/VIEWS.md</c> shows each.</summary>
public enum ViewFormat
{
    /// <summary>One JSON object a line with the venue's own strings, one file an hour: the OKX exporter's line.</summary>
    Jsonl = 0,

    /// <summary>One JSON object a line with numbers: the Bybit collector's line.</summary>
    Ndjson = 1,

    /// <summary>One row a book, columns for the best levels.</summary>
    Csv = 2,

    /// <summary>NumPy arrays: integers, their scaled form, and times.</summary>
    Npy = 3,
}
