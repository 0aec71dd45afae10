using Lob.Fast.Perf.Books.Structures;

namespace Lob.Fast.Perf.Books;

/// <summary>A structure by name.</summary>
/// <param name="Name">Shown in the table and the JSON.</param>
/// <param name="Create">An empty book.</param>
/// <param name="KeepsBest">Whether it knows the best levels, so that these can be compared with those of the others.</param>
internal sealed record Candidate(string Name, Func<IBook> Create, bool KeepsBest = true)
{
    public const string OwnName = "L2Book";

    public static IReadOnlyList<Candidate> All { get; } =
    [
        new(OwnName, static () => new OwnBook()),
        new("ladder, no digest", static () => new LadderBook(20)),
        new("tree, no digest", static () => new LadderBook(0)),
        new("hash map, top 64", static () => new SideBook<HashSide>()),
        new("SortedDictionary", static () => new SideBook<SortedDictionarySide>()),
        new("sorted array", static () => new SideBook<SortedArraySide>()),
        new("a store a level", static () => new StoreBook(), KeepsBest: false),
    ];
}
