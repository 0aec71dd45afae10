using System.Runtime.InteropServices;
using Lob.Fast.Acceptance.Binary.Support;
using Lob.Fast.Baselines;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Verification;
using Lob.Fast.TestSupport;
using static Lob.Fast.Acceptance.Oracle.BinanceRecordings;
using Record = Lob.Fast.Engine.Records.Record;

namespace Lob.Fast.Acceptance.Binary;

/// <summary>
/// Every journal verifies and reruns without a difference; not one byte of a committed block can change without <c>verify</c> naming the block.
/// </summary>
public sealed class VerificationTests
{
    private const int Seed = 20261120;
    private const int RecordBytesFlipped = 300;
    private const int TableBytesFlipped = 60;
    private const int ByTheBinary = 12;

    [BinaryTheory]
    [InlineData(BinanceMarket.Spot, "8192", Spot8)]
    [InlineData(BinanceMarket.Spot, "1048576", Nkn)]
    [InlineData(BinanceMarket.Spot, "1048576", Blz)]
    [InlineData(BinanceMarket.Spot, "1048576", Rune)]
    [InlineData(BinanceMarket.UsdM, "8192", Sushi, Akro, Keep)]
    public void Journals_of_the_bundled_recordings_are_sound(BinanceMarket market, string segmentRecords, params string[] recordings) =>
        Check(market, segmentRecords, recordings);

    [BinaryTheory(UsdM, Spot8, Spot9, CoinM8, CoinM9)]
    [InlineData(BinanceMarket.UsdM, "1048576", UsdM)]
    [InlineData(BinanceMarket.Spot, "65536", Spot8, Spot9)]
    [InlineData(BinanceMarket.CoinM, "8192", CoinM8, CoinM9)]
    public void Journals_of_the_long_recordings_are_sound(BinanceMarket market, string segmentRecords, params string[] recordings) =>
        Check(market, segmentRecords, recordings);

    [BinaryFact]
    public void A_changed_byte_in_any_block_is_found_and_the_block_is_named()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [TestData.PathOf(Spot8)], folder.Journal, "--segment-records", "8192");
        List<Place> places = Places(folder.Journal);
        Assert.True(places.Select(static place => (place.Segment, place.Block)).Distinct().Count() > 40, "too few blocks");

        Random random = new(Seed);
        HashSet<int> byTheBinary = [.. Enumerable.Range(0, ByTheBinary).Select(_ => random.Next(places.Count))];
        for (int i = 0; i < places.Count; i++)
        {
            Place place = places[i];
            using (new FlippedByte(place.Path, place.Offset, (byte)random.Next(1, 256)))
            {
                AssertNamed(place, JournalVerifier.Run(folder.Journal));
                if (byTheBinary.Contains(i))
                {
                    LobBinary.Run("verify", folder.Journal).ExitedWith(1).Says(place.Name);
                    Assert.False(LobBinary.Run("verify", folder.Journal, "--json").ExitedWith(1).Json().GetProperty("ok").GetBoolean());
                }
            }
        }

        LobBinary.Run("verify", folder.Journal).Succeeded();
    }

    [BinaryFact]
    public void A_changed_record_whose_checksum_was_made_to_fit_is_found_by_its_seal_and_its_rerun()
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay("binance-spot", [TestData.PathOf(Nkn)], folder.Journal);
        string path = Path.Combine(folder.Journal, "00000000.lobj");
        byte[] bytes = File.ReadAllBytes(path);
        ForgeAQuantity(folder.Journal, bytes);
        File.WriteAllBytes(path, bytes);

        Assert.True(JournalVerifier.Run(folder.Journal).IsSound, "the forgery shows in the blocks");
        LobBinary.Run("verify", folder.Journal).ExitedWith(1).Says("segment 00000000", "digest");
        LobBinary.Run("rerun", folder.Journal).ExitedWith(1).Says("segment 00000000");
    }

    private static void Check(BinanceMarket market, string segmentRecords, string[] recordings)
    {
        using TemporaryFolder folder = new();
        LobBinary.Replay(VenueOf(market).ToName(), TestData.PathsOf(recordings), folder.Journal, "--segment-records", segmentRecords);

        LobBinary.Run("verify", folder.Journal).Succeeded();
        LobBinary.Run("rerun", folder.Journal).Succeeded().Says("no difference");
        VerifyReport report = JournalVerifier.Run(folder.Journal);
        Assert.Empty(report.Findings);
        Assert.Equal(report.Records, report.RecordsWithChecksum);
    }

    private static void AssertNamed(Place place, VerifyReport report)
    {
        Assert.True(report.FirstDamage is not null, $"not found: {place}");
        Assert.True(report.FirstDamage.Segment == place.Segment, $"{report.FirstDamage}, not {place}");

        // A header is no part of a block. Neither is a block's place in a header that cannot be believed.
        Assert.True(place.Block < 0 || report.FirstDamage.Block == place.Block, $"{report.FirstDamage}, not {place}");
    }

    /// <summary>Every byte of the first header's constant part, random bytes of block table entries in use, and random bytes of committed records.</summary>
    private static List<Place> Places(string folder)
    {
        Random random = new(Seed);
        List<Place> places = [];
        using JournalReader reader = JournalReader.Open(folder);
        for (int offset = 0; offset < SegmentHeader.SizeInBytes; offset++)
        {
            JournalSegment segment = reader.Segments[offset % reader.Segments.Count];
            places.Add(new Place(segment.Path, segment.Number, -1, offset));
        }

        for (int i = 0; i < RecordBytesFlipped + TableBytesFlipped; i++)
        {
            JournalSegment segment = reader.Segments[random.Next(reader.Segments.Count)];
            if (i < RecordBytesFlipped)
            {
                int slot = random.Next(segment.CommittedCount);
                long offset = SegmentLayout.RecordAreaOffset(segment.Capacity) + ((long)slot * Record.SizeInBytes) + random.Next(Record.SizeInBytes);
                places.Add(new Place(segment.Path, segment.Number, slot >> SegmentLayout.BlockShift, offset));
            }
            else
            {
                int block = random.Next((segment.CommittedCount + SegmentLayout.BlockRecords - 1) >> SegmentLayout.BlockShift);
                long offset = SegmentLayout.HeaderBytes + ((long)block * BlockEntry.SizeInBytes) + random.Next(BlockEntry.SizeInBytes);
                places.Add(new Place(segment.Path, segment.Number, block, offset));
            }
        }

        return places;
    }

    /// <summary>Another quantity in a level of the last second, and the block's checksum computed anew, as somebody would who knows the format.</summary>
    private static void ForgeAQuantity(string folder, byte[] bytes)
    {
        using JournalReader reader = JournalReader.Open(folder);
        JournalSegment segment = reader.Segments[0];
        ReadOnlySpan<Record> records = segment.Committed;
        int slot = records.Length - 1;
        while (records[slot].Header is not { Kind: RecordKind.LevelSet } || Record.Read<LevelSet>(records[slot]).QuantityLots == 0)
        {
            slot--;
        }

        int block = slot >> SegmentLayout.BlockShift;
        int start = block << SegmentLayout.BlockShift;
        int count = Math.Min(SegmentLayout.BlockRecords, records.Length - start);
        Record[] forged = records.Slice(start, count).ToArray();
        LevelSet level = Record.Read<LevelSet>(forged[slot - start]);
        level.QuantityLots++;
        forged[slot - start] = Record.Of(level);

        BlockEntry entry = segment.Blocks[block];
        BlockChecksum checksum = BlockChecksum.Empty;
        checksum.Add(forged);
        entry.SlotA = ChecksumSlot.Of(checksum.Value, count);
        entry.SlotB = default;
        int area = (int)SegmentLayout.RecordAreaOffset(segment.Capacity);
        MemoryMarshal.Write(bytes.AsSpan(SegmentLayout.HeaderBytes + (block * BlockEntry.SizeInBytes)), entry);
        MemoryMarshal.AsBytes(forged.AsSpan()).CopyTo(bytes.AsSpan(area + (start * Record.SizeInBytes)));
    }

    /// <summary>A byte of a journal; block −1 = the header.</summary>
    private sealed record Place(string Path, int Segment, int Block, long Offset)
    {
        /// <summary>As the program names it.</summary>
        public string Name => Block < 0 ? $"segment {Segment:D8}" : $"segment {Segment:D8}, block {Block}";
    }
}
