namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>One byte of a file is another one until this is disposed of.</summary>
internal sealed class FlippedByte : IDisposable
{
    private readonly string _path;
    private readonly long _offset;
    private readonly byte _bits;

    /// <param name="path">The file.</param>
    /// <param name="offset">The byte.</param>
    /// <param name="bits">Which bits change; not 0.</param>
    public FlippedByte(string path, long offset, byte bits)
    {
        (_path, _offset, _bits) = (path, offset, bits);
        Flip();
    }

    public void Dispose() => Flip();

    private void Flip()
    {
        using FileStream file = new(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        file.Position = _offset;
        int found = file.ReadByte();
        file.Position = _offset;
        file.WriteByte((byte)(found ^ _bits));
    }
}
