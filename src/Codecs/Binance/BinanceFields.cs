using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;

namespace Lob.Fast.Codecs.Binance;

/// <summary>
/// Slots of the keys that Binance's messages use. Most keys are one letter whose meaning depends on the event (<c>a</c>: asks, ask price, or id of
/// an aggregate; <c>b</c> in trades before 2024: id of the buyer's order), so the slots are named by the letter.
/// </summary>
internal readonly struct BinanceFields : IFieldSlots
{
    public const int UpperA = 'A' - 'A';
    public const int UpperB = 'B' - 'A';
    public const int UpperE = 'E' - 'A';
    public const int UpperL = 'L' - 'A';
    public const int UpperQ = 'Q' - 'A';
    public const int UpperT = 'T' - 'A';
    public const int UpperU = 'U' - 'A';
    public const int UpperV = 'V' - 'A';
    public const int UpperX = 'X' - 'A';

    public const int LowerA = Letters;
    public const int LowerB = Letters + ('b' - 'a');
    public const int LowerC = Letters + ('c' - 'a');
    public const int LowerE = Letters + ('e' - 'a');
    public const int LowerF = Letters + ('f' - 'a');
    public const int LowerH = Letters + ('h' - 'a');
    public const int LowerI = Letters + ('i' - 'a');
    public const int LowerK = Letters + ('k' - 'a');
    public const int LowerL = Letters + ('l' - 'a');
    public const int LowerM = Letters + ('m' - 'a');
    public const int LowerN = Letters + ('n' - 'a');
    public const int LowerO = Letters + ('o' - 'a');
    public const int LowerP = Letters + ('p' - 'a');
    public const int LowerQ = Letters + ('q' - 'a');
    public const int LowerS = Letters + ('s' - 'a');
    public const int LowerT = Letters + ('t' - 'a');
    public const int LowerU = Letters + ('u' - 'a');
    public const int LowerV = Letters + ('v' - 'a');
    public const int LowerX = Letters + ('x' - 'a');

    public const int PreviousId = 2 * Letters;
    public const int LastUpdateId = PreviousId + 1;
    public const int Bids = PreviousId + 2;
    public const int Asks = PreviousId + 3;
    public const int Symbol = PreviousId + 4;
    public const int Stream = PreviousId + 5;
    public const int Data = PreviousId + 6;
    public const int Result = PreviousId + 7;
    public const int Error = PreviousId + 8;
    public const int Code = PreviousId + 9;

    /// <summary>Any other key.</summary>
    public const int None = FieldSet.None;

    /// <summary>Slots whose values are looked at while they are read.</summary>
    public const ulong Watched = (1UL << LowerB) | (1UL << LowerA) | (1UL << LowerK) | (1UL << Bids) | (1UL << Asks) | (1UL << Stream) | (1UL << Data);

    private const int Letters = 26;

    // The keys as JsonScanner.KeyWord has them: first byte lowest.
    private const ulong WordPu = 0x7570;
    private const ulong WordBids = 0x7364_6962;
    private const ulong WordAsks = 0x736B_7361;
    private const ulong WordSymbol = 0x6C6F_626D_7973;
    private const ulong WordStream = 0x6D61_6572_7473;
    private const ulong WordData = 0x6174_6164;
    private const ulong WordResult = 0x746C_7573_6572;
    private const ulong WordError = 0x72_6F72_7265;
    private const ulong WordCode = 0x6564_6F63;

    /// <summary>The key of a slot. For error messages.</summary>
    public static string NameOf(int slot) => slot switch
    {
        < Letters => ((char)('A' + slot)).ToString(),
        < 2 * Letters => ((char)('a' + slot - Letters)).ToString(),
        PreviousId => "pu",
        LastUpdateId => "lastUpdateId",
        Bids => "bids",
        Asks => "asks",
        Symbol => "symbol",
        Stream => "stream",
        Data => "data",
        Result => "result",
        Error => "error",
        _ => "code",
    };

    /// <summary>The slot of the scanner's current key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SlotOf(in JsonScanner scanner)
    {
        ulong word = scanner.KeyWord;
        ulong lower = word - 'a';
        if (lower < Letters)
        {
            return Letters + (int)lower;
        }

        ulong upper = word - 'A';
        return upper < Letters ? (int)upper : SlotOfLong(scanner, word);
    }

    private static int SlotOfLong(in JsonScanner scanner, ulong word) => word switch
    {
        WordPu => PreviousId,
        WordStream => Stream,
        WordData => Data,
        WordBids => Bids,
        WordAsks => Asks,
        WordSymbol => Symbol,
        WordResult => Result,
        WordError => Error,
        WordCode => Code,
        0 when scanner.KeyIs("lastUpdateId"u8) => LastUpdateId,
        _ => None,
    };
}
