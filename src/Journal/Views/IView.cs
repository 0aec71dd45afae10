using System.Text.Json;

namespace Lob.Fast.Journal.Views;

/// <summary>A form of output. One instance a thread: it may keep scratch.</summary>
internal interface IView
{
    /// <summary>Writes a row to the file or files that it belongs to, and counts it in the first one's summary.</summary>
    void Write(BookRow row, IRowFiles files);

    /// <summary>A book is about to lose its proof: counts the gap, and writes a row where the form shows it by one.</summary>
    void WriteGap(BookRow row, IRowFiles files);

    /// <summary>What stands before the first row of a file; may be empty.</summary>
    byte[] Head(in ViewPath path, RowSummary summary);

    /// <summary>What the metadata says about this form beyond what all say.</summary>
    void Describe(Utf8JsonWriter json, ViewStream stream);
}
