using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs;

/// <summary>What a decoder cannot read from the frames.</summary>
public sealed record DecoderOptions
{
    /// <summary>Symbol of book snapshots that name none, in the venue's own words (<c>--symbol</c>); null = ask <see cref="SymbolResolver"/>.</summary>
    public string? DefaultSymbol { get; init; }

    /// <summary>What a checksum that does not match leads to; part of the definition of each stream that has one.</summary>
    public MismatchPolicy OnChecksumMismatch { get; init; }

    /// <summary>
    /// Asked at most once, when the first book snapshot comes that names no symbol and <see cref="DefaultSymbol"/> is null. It must not guess: with a
    /// wrong symbol a book could be "proven" that is another instrument's. Null answer = such snapshots are rejected.
    /// </summary>
    public Func<string?>? SymbolResolver { get; init; }
}
