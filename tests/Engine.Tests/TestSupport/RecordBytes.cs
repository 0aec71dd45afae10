using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Engine.Tests.TestSupport;

/// <summary>Records compared as what they are: 64 bytes.</summary>
internal static class RecordBytes
{
    public static IEqualityComparer<Record> Comparer { get; } = EqualityComparer<Record>.Create(
        static (left, right) => Of(left).SequenceEqual(Of(right)),
        static record => record.Header.StreamId.GetHashCode());

    public static RecordKind[] Kinds(this Record[] records) => [.. records.Select(static record => record.Header.Kind)];

    /// <summary>The only record of a kind.</summary>
    public static T Single<T>(this IEnumerable<Record> records) where T : unmanaged, IRecord =>
        Record.Read<T>(records.Single(static record => record.Header.Kind == T.Kind));

    /// <summary>All bytes of some records.</summary>
    public static byte[] Bytes(ReadOnlySpan<Record> records) => MemoryMarshal.AsBytes(records).ToArray();

    private static byte[] Of(Record record) => Bytes(new ReadOnlySpan<Record>(in record));
}
