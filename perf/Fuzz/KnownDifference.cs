using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>A difference that is listed, with its reason, in docs/FUZZING.md.</summary>
/// <param name="Venues">Names of the venues, or a beginning that they share; <c>all</c> = every one.</param>
/// <param name="Engine">Verdict of the engine; a star at its end stands for any reason.</param>
/// <param name="Schema">Verdict of the schema.</param>
/// <param name="Detail">A part of the schema's objection; empty = there is none.</param>
/// <param name="Reason">Why both may stand.</param>
public sealed record KnownDifference(string Venues, string Engine, string Schema, string Detail, string Reason)
{
    private const string Heading = "| venues | engine | schema | objection of the schema | why both may stand |";

    /// <summary>Whether it is this one.</summary>
    public bool Covers(Difference difference) =>
        (Venues == "all" || difference.Venue.ToName().StartsWith(Venues, StringComparison.Ordinal))
        && (Engine.EndsWith('*') ? difference.Engine.StartsWith(Engine[..^1], StringComparison.Ordinal) : Engine == difference.Engine)
        && Schema == difference.Schema
        && (Detail.Length == 0 || difference.Detail.Contains(Detail, StringComparison.Ordinal));

    /// <summary>The table in docs/FUZZING.md.</summary>
    /// <exception cref="InvalidDataException">The document has no such table, or a row of it has another number of columns.</exception>
    public static IReadOnlyList<KnownDifference> Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        int heading = Array.IndexOf(lines, Heading);
        if (heading < 0)
        {
            throw new InvalidDataException($"{path}: no line \"{Heading}\"");
        }

        return [.. lines[(heading + 2)..].TakeWhile(static line => line.StartsWith('|')).Select(OfRow)];
    }

    private static KnownDifference OfRow(string row)
    {
        string[] cells = [.. row.Trim('|').Split('|').Select(static cell => cell.Trim().Trim('`'))];
        return cells.Length == 5
            ? new KnownDifference(cells[0], cells[1], cells[2], cells[3] == "–" ? "" : cells[3], cells[4])
            : throw new InvalidDataException($"a row of {cells.Length} columns: {row}");
    }
}
