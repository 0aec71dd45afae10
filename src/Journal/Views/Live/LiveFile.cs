using System.Buffers;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Lob.Fast.Journal.Views.Live;

/// <summary>
/// A data file that only grows. What the walk gives again behind a restart is compared with what is there, and what comes behind that is appended.
/// It is opened for each write, so that whoever compresses or removes old files need not ask. One thread.
/// </summary>
internal sealed class LiveFile : RowFile
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>What is held at a flush is seldom more: the buffer is then kept for the next rows.</summary>
    private const int KeptBytesMax = 1 << 19;

    private readonly string _file;

    /// <summary>Bytes of the view that lie before the file's first: they were compressed, or taken away.</summary>
    private long _startsAt;

    /// <summary>Length of the file, a torn last line included, as it was left; none = it does not exist.</summary>
    private long? _fileBytes;

    private bool _unsynced;

    public LiveFile(string root, ViewStream stream, ViewPath path, long position, RowSummary summary) : base(stream, path)
    {
        _file = System.IO.Path.Combine(root, path.ToString());
        Position = position;
        Summary = summary;
    }

    /// <summary>Bytes of the view that are settled: those in the file up to which the walk has come.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes of the view that are there, in whole lines.</summary>
    public long There { get; private set; }

    /// <summary>Whether <see cref="Look"/> was called.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether it waits for a flush.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Whether its metadata is older than its rows.</summary>
    public bool IsMetadataDue { get; set; }

    /// <summary>Whether it is there, compressed or not.</summary>
    public bool Exists => File.Exists(_file) || File.Exists(Compressed);

    private string Compressed => _file + ".gz";

    /// <summary>Finds out what is there.</summary>
    /// <exception cref="JournalException">Less than there was.</exception>
    public void Look()
    {
        IsOpen = true;
        bool isCompressed = File.Exists(Compressed);
        _startsAt = isCompressed ? LengthOf(Compressed) : 0;
        _fileBytes = File.Exists(_file) ? new FileInfo(_file).Length : null;
        There = _startsAt + (_fileBytes == null ? 0 : WholeLines());
        if (There >= Position)
        {
            return;
        }

        if (_fileBytes != null || isCompressed)
        {
            throw new JournalException($"{_file}: expected at least {Position} bytes that were written before, found {There}. Put the file back, or name another folder.");
        }

        // Taken away whole, as retention does.
        _startsAt = Position;
        There = Position;
    }

    /// <summary>From here on nothing can be there that the walk gives: what is, stays, and rows go on behind it.</summary>
    /// <returns>Whether there was any.</returns>
    public bool SkipToEnd()
    {
        bool any = Position < There;
        Position = Math.Max(Position, There);
        return any;
    }

    /// <summary>Compares or appends what is held.</summary>
    /// <exception cref="JournalException">The file holds something else, or somebody else writes to it.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush()
    {
        ReadOnlySpan<byte> text = Text.Written;
        if (Position < There)
        {
            int again = (int)Math.Min(text.Length, There - Position);
            Compare(text[..again]);
            Position += again;
            text = text[again..];
        }

        if (!text.IsEmpty || (_fileBytes == null && There == 0))
        {
            Append(text);
            Position += text.Length;
            There = Position;
        }

        IsTouched = false;
        bool isLarge = HeldBytes > KeptBytesMax;
        Text.Clear();
        if (isLarge)
        {
            ReleaseText();
        }
    }

    /// <summary>No rows are expected for now.</summary>
    public void Rest() => ReleaseText();

    /// <summary>Makes sure that a power cut costs nothing of it.</summary>
    public void Sync()
    {
        if (_unsynced && File.Exists(_file))
        {
            using FileStream file = new(_file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            file.Flush(flushToDisk: true);
        }

        _unsynced = false;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_fileBytes != null && !File.Exists(_file))
        {
            // Taken away while it was written.
            _startsAt = There;
            _fileBytes = null;
        }

        if (_fileBytes == null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_file)!);
        }

        using FileStream file = new(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length != (_fileBytes ?? 0))
        {
            throw new JournalException($"{_file}: expected {_fileBytes ?? 0} bytes, found {file.Length}: somebody else writes to it. Name another folder.");
        }

        long end = There - _startsAt;
        if (file.Length > end)
        {
            // The line that a killed run did not finish.
            file.SetLength(end);
        }

        file.Position = end;
        file.Write(text);
        _fileBytes = end + text.Length;
        _unsynced = true;
    }

    private void Compare(ReadOnlySpan<byte> text)
    {
        long at = Position - _startsAt;
        if (at < 0)
        {
            // What was compressed is not looked into.
            text = text[(int)Math.Min(-at, text.Length)..];
            at = 0;
        }

        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        using (SafeFileHandle? file = text.IsEmpty ? null : File.OpenHandle(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            while (!text.IsEmpty)
            {
                int count = RandomAccess.Read(file!, chunk.AsSpan(0, Math.Min(text.Length, ChunkBytes)), at);
                if (count == 0 || !text[..count].SequenceEqual(chunk.AsSpan(0, count)))
                {
                    throw new JournalException(
                        $"{_file}: holds other rows, from byte {at} on, than this journal gives. It was made from another journal, or with other options: name another folder.");
                }

                at += count;
                text = text[count..];
            }
        }

        ArrayPool<byte>.Shared.Return(chunk);
    }

    /// <summary>Bytes up to the end of the last line that has one.</summary>
    private long WholeLines()
    {
        using SafeFileHandle file = File.OpenHandle(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] chunk = new byte[ChunkBytes];
        long end = _fileBytes!.Value;
        while (end > 0)
        {
            long start = Math.Max(0, end - ChunkBytes);
            int count = RandomAccess.Read(file, chunk.AsSpan(0, (int)(end - start)), start);
            int last = chunk.AsSpan(0, count).LastIndexOf((byte)'\n');
            if (last >= 0)
            {
                return start + last + 1;
            }

            end = start;
        }

        return 0;
    }

    private static long LengthOf(string compressed)
    {
        using var file = new GZipStream(File.OpenRead(compressed), CompressionMode.Decompress);
        byte[] chunk = new byte[ChunkBytes];
        long length = 0;
        int count;
        while ((count = file.Read(chunk)) > 0)
        {
            length += count;
        }

        return length;
    }
}
