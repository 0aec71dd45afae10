namespace Lob.Fast.Cli.Output;

/// <summary>Plain columns on stderr, aligned, numbers to the right.</summary>
internal sealed class Table
{
    private readonly List<string[]> _rows = [];

    public Table(params string[] head) => _rows.Add(head);

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write()
    {
        int[] widths = [.. Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => IsNumber(cell) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            Console.Error.WriteLine("  " + string.Join("  ", cells).TrimEnd());
        }

        static bool IsNumber(string cell) => cell.Length > 0 && (char.IsAsciiDigit(cell[0]) || cell[0] == '-');
    }
}
