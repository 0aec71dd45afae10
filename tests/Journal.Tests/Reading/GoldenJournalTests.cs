using System.IO.Compression;
using System.Text.Json;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Books;
using Lob.Fast.Journal.Reading;
using Lob.Fast.Journal.Verification;
using Lob.Fast.TestSupport;

namespace Lob.Fast.Journal.Tests.Reading;

/// <summary>Journals of format version 1, written once and never again (tests/data/journals): they must open and verify for ever.</summary>
public sealed class GoldenJournalTests
{
    private const string Expected = "expected.json";

    private static readonly string Root = Path.Combine(Recordings.Bundled!, "journals");

    public static TheoryData<string> Names => [.. Folders()];

    [Fact]
    public void There_is_one_of_every_feed() =>
        Assert.Equal(
            [
                "binance-coinm", "binance-spot", "binance-usdm", "bitfinex", "bitfinex-checksum", "bitfinex-r0", "bybit-linear", "bybit-spot", "coinbase",
                "coinbase-advanced", "coinbase-full", "okx", "okx-2026",
            ],
            Folders());

    [Theory]
    [MemberData(nameof(Names))]
    public void It_opens_verifies_and_holds_the_same_books(string name)
    {
        using var folder = new TemporaryFolder();
        Unpack(name, folder.Root);
        JsonElement expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, name, Expected))).RootElement;

        VerifyReport blocks = JournalVerifier.Run(folder.Root);
        Assert.Null(blocks.FirstDamage);
        Assert.True(blocks.IsSound);

        using JournalReader reader = JournalReader.Open(folder.Root);
        SealVerification seals = SealVerifier.Verify(reader);
        Assert.Null(seals.Difference);

        using var follower = new BookFollower();
        SealChain? link = Follow(reader, follower);
        if (link is { } last)
        {
            Assert.Equal(expected.GetProperty("chain").GetString(), last.Hash.ToString());
        }

        Assert.Equal(
            expected.GetProperty("instruments").EnumerateArray().Select(static book => Text(book)),
            follower.Books.Select(Text));
    }

    /// <summary>The test above compares: with one level altered in the file it fails.</summary>
    [Fact]
    public void An_altered_record_is_noticed()
    {
        using var folder = new TemporaryFolder();
        Unpack("binance-usdm", folder.Root);
        string segment = Directory.GetFiles(folder.Root, "*.lobj").Order(StringComparer.Ordinal).First();
        using (FileStream file = File.Open(segment, FileMode.Open))
        {
            // Somewhere behind header, block table and checkpoint, in the quantity of whatever record stands there.
            file.Position = (16 * 1024) + (200 * Record.SizeInBytes) + 32;
            int before = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(before ^ 1));
        }

        Assert.False(JournalVerifier.Run(folder.Root).IsSound);
    }

    private static IEnumerable<string> Folders() =>
        Directory.GetDirectories(Root).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private static SealChain? Follow(JournalReader reader, BookFollower follower)
    {
        SealChain? link = null;
        using JournalCursor cursor = reader.Read();
        while (cursor.MoveNext())
        {
            if (cursor.IsCheckpoint)
            {
                follower.Start(cursor.Message);
                continue;
            }

            follower.OnMessage(cursor.Message);
            if (cursor.Message[0].Header.Kind == RecordKind.SealChain)
            {
                link = Record.Read<SealChain>(cursor.Message[0]);
            }
        }

        follower.Flush();
        return link;
    }

    private static void Unpack(string name, string target)
    {
        foreach (string packed in Directory.GetFiles(Path.Combine(Root, name), "*.lobj.gz"))
        {
            using var source = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress);
            using FileStream file = File.Create(Path.Combine(target, Path.GetFileNameWithoutExtension(packed)));
            source.CopyTo(file);
        }
    }

    private static string Text(JsonElement book) =>
        $"{book.GetProperty("symbol")} {book.GetProperty("channel")} {book.GetProperty("state")}/{book.GetProperty("evidence")} "
        + $"{book.GetProperty("bids")}+{book.GetProperty("asks")} at {(book.GetProperty("last_sequence").ValueKind == JsonValueKind.Null ? "none" : book.GetProperty("last_sequence"))} {book.GetProperty("digest")}";

    private static string Text(FollowedBook book) =>
        $"{book.Symbol} {book.Channel} {book.State}/{book.Evidence} {book.Book.BidCount}+{book.Book.AskCount} "
        + $"at {(book.LastSequence == Sequence.None ? "none" : book.LastSequence)} {book.Book.Digest}";
}
