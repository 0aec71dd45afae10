namespace Lob.Fast.Journal.Views;

/// <summary>The part of one output file that one segment gives. Its text waits in memory and is spilled to a file of its own when it is much.</summary>
internal sealed class PartFile(ViewStream stream, ViewPath path, string spillPath) : RowFile(stream, path)
{
    /// <summary>Where what was spilled is; null = nothing was.</summary>
    public string? SpillPath { get; private set; }

    /// <summary>Moves the text out of memory.</summary>
    public void Spill()
    {
        SpillPath = spillPath;
        using (var file = new FileStream(spillPath, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(Text.Written);
        }

        Text.Clear();
    }
}
