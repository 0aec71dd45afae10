namespace Lob.Fast.Journal.Views;

/// <summary>What was written of one output file, as far as it is held in memory.</summary>
internal abstract class RowFile(ViewStream stream, ViewPath path)
{
    private TextBuffer? _text;

    public ViewStream Stream { get; } = stream;

    public ViewPath Path { get; } = path;

    /// <summary>What is held.</summary>
    public TextBuffer Text => _text ??= new TextBuffer();

    /// <summary>Bytes held.</summary>
    public int HeldBytes => _text?.Length ?? 0;

    /// <summary>What the metadata says of the rows.</summary>
    public RowSummary Summary { get; protected init; } = new();

    /// <summary>Frees the memory of the text, which must have been taken.</summary>
    protected void ReleaseText() => _text = null;
}
