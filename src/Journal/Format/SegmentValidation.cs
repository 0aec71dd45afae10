using System.Runtime.InteropServices;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Format;

/// <summary>Checks the constant part of a segment's header before anything else in the file is believed.</summary>
internal static class SegmentValidation
{
    /// <summary>Fewest bytes of a segment: header, a page of table, two blocks.</summary>
    public static readonly long FileBytesMin = SegmentLayout.FileBytes(JournalOptions.SegmentRecordsMin);

    /// <exception cref="JournalException">Names file, byte, what was expected and what was found.</exception>
    public static void Check(string path, int number, in SegmentHeader header, long fileBytes)
    {
        Expect(path, 0, "magic", SegmentLayout.Magic, header.Magic, "This is no journal segment.");
        Expect(path, 8, "format version", SegmentLayout.Version, header.Version, "Read it with the program version that wrote it.");
        uint crc = Crc32C.Of(MemoryMarshal.AsBytes(new ReadOnlySpan<SegmentHeader>(in header))[..SegmentHeader.CrcBytes]);
        Expect(path, SegmentHeader.CrcBytes, "CRC-32C of bytes 0-123", crc, header.Crc, "The header is damaged: restore the file from a copy.");
        Expect(path, 12, "header bytes", SegmentLayout.HeaderBytes, header.HeaderBytes, Incompatible);
        Expect(path, 16, "byte order mark", SegmentLayout.ByteOrderMark, header.ByteOrderMark, Incompatible);
        Expect(path, 20, "record bytes", Record.SizeInBytes, header.RecordBytes, Incompatible);
        Expect(path, 24, "block records", SegmentLayout.BlockRecords, header.BlockRecords, Incompatible);
        Expect(path, 28, "segment number (as in the name)", (uint)number, header.SegmentNumber, "The file was renamed or copied from elsewhere.");
        if (header.CapacityRecords is 0 or > SegmentLayout.CapacityMax || header.CapacityRecords % SegmentLayout.BlockRecords != 0)
        {
            throw new JournalException($"{path}: byte 32, capacity: expected a multiple of {SegmentLayout.BlockRecords} up to "
                + $"{SegmentLayout.CapacityMax}, found {header.CapacityRecords}. {Incompatible}");
        }

        int capacity = (int)header.CapacityRecords;
        Expect(path, 40, "record area offset", (ulong)SegmentLayout.RecordAreaOffset(capacity), header.RecordAreaOffset, Incompatible);
        if (header.FirstRecordIndex > long.MaxValue)
        {
            throw new JournalException($"{path}: byte 48, first record index: expected below 2^63, found {header.FirstRecordIndex}. {Incompatible}");
        }

        if (header.CheckpointRecords > header.CapacityRecords)
        {
            throw new JournalException($"{path}: byte 56, checkpoint records: expected at most the capacity {capacity}, found "
                + $"{header.CheckpointRecords}. {Incompatible}");
        }

        if (fileBytes != SegmentLayout.FileBytes(capacity))
        {
            throw new JournalException($"{path}: expected {SegmentLayout.FileBytes(capacity):N0} bytes, found {fileBytes:N0}. The file is cut off or "
                + "has grown: restore it from a copy.");
        }
    }

    /// <summary>Checks the committed count that was just read.</summary>
    public static int CheckCommitted(string path, in SegmentHeader header, ulong committed) =>
        committed >= header.CheckpointRecords && committed <= header.CapacityRecords
            ? (int)committed
            : throw new JournalException(
                $"{path}: byte {SegmentHeader.CommittedOffset}, committed records: expected {header.CheckpointRecords} (the checkpoint) to "
                    + $"{header.CapacityRecords} (the capacity), found {committed}. The header is damaged: restore the file from a copy.");

    private const string Incompatible = "The header is damaged, or written by an incompatible program.";

    private static void Expect(string path, int offset, string what, ulong expected, ulong found, string advice)
    {
        if (expected != found)
        {
            throw new JournalException($"{path}: byte {offset}, {what}: expected 0x{expected:X}, found 0x{found:X}. {advice}");
        }
    }
}
