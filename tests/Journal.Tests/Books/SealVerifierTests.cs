using System.IO.Compression;
using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Books;

public sealed class SealVerifierTests
{
    private const int HashByte = 40;

    [Fact]
    public void The_first_difference_is_what_is_said_also_when_a_later_checkpoint_cannot_be_started_from()
    {
        using TemporaryFolder folder = new();
        foreach (string packed in Directory.GetFiles(Path.Combine(Recordings.Bundled!, "journals", "binance-coinm"), "*.lobj.gz"))
        {
            using GZipStream source = new(File.OpenRead(packed), CompressionMode.Decompress);
            using FileStream file = File.Create(Path.Combine(folder.Root, Path.GetFileNameWithoutExtension(packed)));
            source.CopyTo(file);
        }

        Change(folder.Root, segment: 0, RecordKind.Seal, static record => record[HashByte] ^= 1);
        Change(folder.Root, segment: 1, RecordKind.BookImage, static record => MemoryMarshal.AsRef<RecordHeader>(record).StreamId = 99);

        using JournalReader reader = JournalReader.Open(folder.Root);
        SealVerification verified = SealVerifier.Verify(reader);
        Assert.StartsWith("segment 00000000, record ", verified.Difference, StringComparison.Ordinal);
    }

    private delegate void Alter(Span<byte> record);

    /// <summary>Alters the first record of a kind.</summary>
    private static void Change(string folder, int segment, RecordKind kind, Alter alter)
    {
        string path = JournalFolder.SegmentPath(folder, segment);
        byte[] bytes = File.ReadAllBytes(path);
        using (JournalReader reader = JournalReader.Open(folder))
        {
            JournalSegment opened = reader.Segments.Single(known => known.Number == segment);
            int slot = 0;
            while (opened.Slots[slot].Header.Kind != kind)
            {
                slot++;
            }

            alter(bytes.AsSpan(bytes.Length - (opened.Slots.Length * Record.SizeInBytes) + (slot * Record.SizeInBytes), Record.SizeInBytes));
        }

        File.WriteAllBytes(path, bytes);
    }
}
