using System.Globalization;
using Lob.Fast.Engine.Records;
using Lob.Fast.Journal.Format;
using Lob.Fast.Journal.Inspection;

namespace Lob.Fast.Journal.Tests.Layouts;

/// <summary>The byte tables of docs/JOURNAL.md say what the structures are.</summary>
public sealed class DocumentTests
{
    private const string TableHead = "| Byte | Field | Type | Unit or values | None |";

    [Fact]
    public void Every_record_has_its_table_in_the_documentation()
    {
        string[] lines = Document();
        AssertTable(lines, "### Common part", RecordLayouts.Common);
        foreach (RecordLayout layout in RecordLayouts.All)
        {
            AssertTable(lines, Heading(layout), layout.Fields);
        }

        Assert.Equal(RecordLayouts.All.Count + 1, lines.Count(line => line.StartsWith("### ", StringComparison.Ordinal) && HasTable(lines, line)));
    }

    [Fact]
    public void Every_kind_is_listed_with_its_number()
    {
        string[] lines = Document();
        foreach (RecordKind kind in Enum.GetValues<RecordKind>())
        {
            Assert.Contains(lines, line => line.StartsWith($"| {(byte)kind} | {kind} |", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_numbers_of_the_format_are_those_of_the_code()
    {
        string text = string.Join('\n', Document());
        foreach (string expected in (string[])
            [
                $"| {SegmentHeader.CommittedOffset} | committed records |",
                $"| {SegmentHeader.StateOffset} | state |",
                $"| {SegmentHeader.CrcBytes} | CRC |",
                $"{SegmentLayout.BlockRecords} records",
                $"at most {SegmentLayout.RecordSlotsMax} slots",
                $"{SegmentLayout.CheckpointShare} times its checkpoint",
            ])
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    private static string Heading(RecordLayout layout) =>
        $"### {layout.Name} ({((byte)layout.Kind).ToString(CultureInfo.InvariantCulture)}{(layout.Slot > 0 ? $", slot {layout.Slot}" : "")})";

    private static void AssertTable(string[] lines, string heading, IReadOnlyList<FieldLayout> fields)
    {
        int at = Array.IndexOf(lines, heading);
        Assert.True(at >= 0, $"docs/JOURNAL.md has no heading \"{heading}\"");
        List<string> rows = [];
        for (int i = at + 1; i < lines.Length && !lines[i].StartsWith('#'); i++)
        {
            if (lines[i].StartsWith('|') && lines[i] != TableHead && !lines[i].StartsWith("|--", StringComparison.Ordinal))
            {
                rows.Add(lines[i]);
            }
        }

        Assert.Equal(fields.Select(field => $"| {field.Offset} | {field.Name} | {field.Type} | {field.Unit} | {field.None} |"), rows);
    }

    private static bool HasTable(string[] lines, string heading)
    {
        int at = Array.IndexOf(lines, heading);
        int next = Array.FindIndex(lines, at + 1, line => line.StartsWith('#'));
        return lines[at..(next < 0 ? lines.Length : next)].Contains(TableHead) || heading.StartsWith("### Timer", StringComparison.Ordinal);
    }

    private static string[] Document()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "JOURNAL.md");
            if (File.Exists(path))
            {
                return File.ReadAllLines(path);
            }
        }

        throw new FileNotFoundException("docs/JOURNAL.md is not above " + AppContext.BaseDirectory);
    }
}
