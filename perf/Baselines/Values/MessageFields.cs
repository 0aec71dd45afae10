using System.Text.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>What a message says beside its levels, trades and quotes, gathered while its frame is read.</summary>
public struct MessageFields
{
    /// <summary>Nothing stated.</summary>
    public MessageFields()
    {
    }

    /// <summary>Last sequence covered; <see cref="Sequence.None"/>.</summary>
    public long LastSequence = Sequence.None;

    /// <summary>First sequence covered; <see cref="Sequence.None"/>.</summary>
    public long FirstSequence = Sequence.None;

    /// <summary>Sequence of the message before, or the venue's second one; <see cref="Sequence.None"/>.</summary>
    public long PreviousSequence = Sequence.None;

    /// <summary>Unix ns; 0 = none.</summary>
    public long VenueTimeNs = 0;

    /// <summary>Unix ns; 0 = none.</summary>
    public long MatchingTimeNs = 0;

    /// <summary>The checksum; 0 with <see cref="HasChecksum"/> false.</summary>
    public long Checksum = 0;

    /// <summary>Whether the frame has a checksum.</summary>
    public bool HasChecksum = false;

    /// <summary>First byte of the symbol in the frame.</summary>
    public long SymbolStart = 0;

    /// <summary>Bytes of the symbol; 0 = the frame names none.</summary>
    public int SymbolLength = 0;

    /// <summary>The symbol is the text the reader stands at.</summary>
    public bool SetSymbol(ref Utf8JsonReader reader)
    {
        SymbolStart = reader.TokenStartIndex + 1;
        SymbolLength = reader.ValueSpan.Length;
        return reader.TokenType == JsonTokenType.String;
    }
}
