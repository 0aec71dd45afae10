using System.Text;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;

namespace Lob.Fast.Journal.Inspection;

/// <summary>The records as NumPy types: Python source that reads a segment without a copy.</summary>
public static class NumpyTypes
{
    private static readonly FieldLayout Payload = new("Payload", RecordHeader.SizeInBytes, "V40", "by kind", "–");

    /// <summary>The source. It needs nothing but NumPy.</summary>
    public static string Source()
    {
        StringBuilder text = new();
        _ = text.AppendLine("import numpy as np")
            .AppendLine()
            .AppendLine("# Every slot is 64 bytes, little-endian: 24 common to all kinds, 40 by kind.")
            .AppendLine("# The payload is a field so that NumPy copies it when slots are picked by a condition.")
            .AppendLine($"COMMON = {Type([Payload])}")
            .AppendLine()
            .AppendLine("# By structure. Which one a slot has: its kind, and how many slots flagged CONTINUED stand between it and the record's first.")
            .AppendLine("DTYPES = {");
        foreach (RecordLayout layout in RecordLayouts.All)
        {
            _ = text.AppendLine($"    '{RecordLayouts.SnakeCase(layout.Name)}': {Type(layout.Fields)},");
        }

        _ = text.AppendLine("}")
            .AppendLine()
            .AppendLine("# By kind: the structures of its slots, in order.")
            .AppendLine("KINDS = {");
        foreach (RecordKind kind in Enum.GetValues<RecordKind>())
        {
            string names = string.Join(", ", NamesOf(kind));
            if (names.Length > 0)
            {
                _ = text.AppendLine($"    {(byte)kind}: [{names}],  # {kind}");
            }
        }

        _ = text.AppendLine("}").AppendLine();
        foreach (RecordFlags flag in Enum.GetValues<RecordFlags>().Where(static flag => flag != RecordFlags.None))
        {
            _ = text.AppendLine($"{RecordLayouts.SnakeCase(flag.ToString()).ToUpperInvariant()} = {(byte)flag}");
        }

        _ = text.AppendLine($"PADDING = {(byte)RecordKind.Padding}")
            .AppendLine()
            .AppendLine()
            .AppendLine("def slots(path):")
            .AppendLine("    \"\"\"All committed slots of a segment, checkpoint and padding included, as COMMON; .view(DTYPES[name]) for the rest.\"\"\"")
            .AppendLine("    # Byte 40: where the records start. Byte 128: how many are committed.")
            .AppendLine("    head = np.fromfile(path, '<u8', 17)")
            .AppendLine($"    assert head[0] == 0x{SegmentLayout.Magic:X}, 'not a journal segment'")
            .AppendLine("    return np.memmap(path, COMMON, 'r', int(head[40 // 8]), int(head[128 // 8]))");
        return text.Replace("\r\n", "\n").ToString();
    }

    private static IEnumerable<string> NamesOf(RecordKind kind) => kind switch
    {
        // The open second's counts stand in a stream's state as a seal does.
        RecordKind.StreamState => ["'stream_state'", "'stream_state_times'", "'stream_state_checksums'", "'seal'", "'seal_counts'", "'seal_proofs'"],
        _ => RecordLayouts.All.Where(layout => layout.Kind == kind).OrderBy(static layout => layout.Slot)
            .Select(static layout => $"'{RecordLayouts.SnakeCase(layout.Name)}'"),
    };

    private static string Type(IReadOnlyList<FieldLayout> fields)
    {
        IReadOnlyList<FieldLayout> all = [.. RecordLayouts.Common, .. fields];
        string names = string.Join(", ", all.Select(static field => $"'{RecordLayouts.SnakeCase(field.Name)}'"));
        string formats = string.Join(", ", all.Select(static field => $"'{Format(field.Type)}'"));
        string offsets = string.Join(", ", all.Select(static field => field.Offset));
        return $"np.dtype({{'names': [{names}], 'formats': [{formats}], 'offsets': [{offsets}], 'itemsize': {Record.SizeInBytes}}})";
    }

    private static string Format(string type) => type[^1] == '1' || type[0] is 'S' or 'V' ? type : "<" + type;
}
