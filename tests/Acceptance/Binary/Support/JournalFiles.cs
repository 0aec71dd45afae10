using System.Security.Cryptography;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Reading;

namespace Lob.Fast.Acceptance.Binary.Support;

/// <summary>What lies in a journal's folder.</summary>
internal static class JournalFiles
{
    /// <summary>Each segment's name and the hash of its bytes.</summary>
    public static string[] Hashes(string folder) =>
        [.. Directory.GetFiles(folder, "*.lobj").Order(StringComparer.Ordinal).Select(static path => $"{Path.GetFileName(path)} {Hash(path)}")];

    /// <summary>The venue's messages, in order.</summary>
    public static List<Message> Messages(string folder)
    {
        List<Message> messages = [];
        using JournalReader reader = JournalReader.Open(folder);
        using JournalCursor cursor = reader.Read(checkpoints: CheckpointMode.None);
        while (cursor.MoveNext())
        {
            RecordHeader header = cursor.Message[0].Header;
            if (header.Kind == RecordKind.MessageBegin)
            {
                messages.Add(new Message(cursor.Index, header.Has(RecordFlags.TimeFromVenue), header.ReceivedAtNs, header.VenueTimeNs));
            }
        }

        return messages;
    }

    private static string Hash(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    internal readonly record struct Message(long Index, bool TimeFromVenue, long ReceivedAtNs, long VenueTimeNs);
}
