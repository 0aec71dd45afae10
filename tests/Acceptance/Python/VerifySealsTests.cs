using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.TestSupport;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Python;

/// <summary>docs/verify_seals.py: agrees with a good journal, and names what was changed in another. It looks at no block checksum.</summary>
public class VerifySealsTests
{
    private const string Script = "docs/verify_seals.py";

    [PythonFact]
    public void The_digest_of_the_page_is_that_of_the_program()
    {
        string vectors = PythonScript.Run("tests/oracle/digest_doc.py", []).Succeeded().Trim();
        using Engine.Books.L2Book book = new(priceDecimals: 2, quantityDecimals: 3);
        book.Set(Side.Bid, 6180020, 2507, TextForm.Of(2, 3));
        string one = book.Digest.ToString();
        book.Set(Side.Ask, 6180030, 1250, TextForm.Of(2, 3));
        Assert.Equal($"{one} {book.Digest}", vectors);
    }

    [PythonFact]
    public void A_good_journal_is_confirmed()
    {
        using TemporaryFolder folder = new();
        ReaderTests.Write(folder.Of("journal"), seed: 11, deltas: 3000);
        using JournalReader reader = JournalReader.Open(folder.Of("journal"));
        int checkpoints = reader.Segments.Count - 1;
        Assert.True(checkpoints > 2);
        string output = PythonScript.Run(Script, [folder.Of("journal")]).Succeeded();
        Assert.Contains($"{checkpoints} checkpoints compared", output, StringComparison.Ordinal);
        Assert.Contains("equal from scratch", output, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0 seals", output, StringComparison.Ordinal);
    }

    [PythonFact]
    public void A_changed_quantity_of_one_level_is_found() =>
        AssertFound(RecordKind.LevelSet, 32, "the seal of binance-");

    [PythonFact]
    public void A_changed_price_of_one_level_is_found() =>
        AssertFound(RecordKind.LevelSet, 24, "the seal of binance-");

    [PythonFact]
    public void A_changed_count_in_a_seal_is_found_by_the_chain() =>
        AssertFound(RecordKind.Seal, 40, "of the seal chain over");

    [PythonFact]
    public void A_changed_digest_in_a_seal_is_found() =>
        AssertFound(RecordKind.Seal, 24, "digest is");

    [PythonFact]
    public void A_changed_link_is_found() =>
        AssertFound(RecordKind.SealChain, 30, "of the seal chain over");

    [PythonFact]
    public void A_changed_level_in_a_checkpoint_is_found() =>
        AssertFound(RecordKind.BookImage, 64 + 32, "the checkpoint of binance-");

    /// <summary>Changes one byte of the last record of a kind that stands in the books (or, an image, of a checkpoint) and expects the script to say so.</summary>
    private static void AssertFound(RecordKind kind, int byteOfRecord, string expected)
    {
        using TemporaryFolder folder = new();
        string journal = folder.Of("journal");
        ReaderTests.Write(journal, seed: 12, deltas: 1200);
        (string path, long offset) = Find(journal, kind);
        using (FileStream file = new(path, FileMode.Open))
        {
            file.Position = offset + byteOfRecord;
            int value = file.ReadByte();
            file.Position = offset + byteOfRecord;
            file.WriteByte((byte)(value ^ 1));
        }

        ProcessRun run = PythonScript.Run(Script, [journal]);
        Assert.True(run.ExitCode == 1, run.Output + run.Error);
        Assert.Contains("DIFFERENCE in ", run.Output, StringComparison.Ordinal);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    private static (string Path, long Offset) Find(string journal, RecordKind kind)
    {
        using JournalReader reader = JournalReader.Open(journal);
        foreach (JournalSegment segment in reader.Segments.Reverse())
        {
            ReadOnlySpan<Record> records = segment.Committed;
            int end = kind == RecordKind.BookImage ? segment.CheckpointCount : records.Length;
            for (int i = end - 1; i > 0; i--)
            {
                ref readonly RecordHeader header = ref records[i].Header;
                if (header.Kind == kind && !header.Has(RecordFlags.Continued) && (kind != RecordKind.LevelSet || StandsInBook(records, i)))
                {
                    return (segment.Path, SegmentLayout.RecordAreaOffset(segment.Capacity) + ((long)i * Record.SizeInBytes));
                }
            }
        }

        throw new InvalidOperationException($"{journal} holds no {kind} to change");
    }

    /// <summary>Whether it is the last level of a delta, sets something, and its book is live when the next seal comes.</summary>
    private static bool StandsInBook(ReadOnlySpan<Record> records, int index)
    {
        LevelSet level = Record.Read<LevelSet>(records[index]);
        if (level.QuantityLots == 0 || !level.Header.Has(RecordFlags.LastInMessage) || level.Header.Has(RecordFlags.Derived | RecordFlags.Snapshot))
        {
            return false;
        }

        for (int i = index + 1; i < records.Length; i++)
        {
            ref readonly RecordHeader header = ref records[i].Header;
            if (header.StreamId == level.Header.StreamId)
            {
                return header.Kind == RecordKind.Seal && header.Code == (byte)BookState.Live;
            }
        }

        return false;
    }
}
