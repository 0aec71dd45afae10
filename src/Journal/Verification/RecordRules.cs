using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Verification;

/// <summary>What is known about each kind of record without knowing the streams.</summary>
internal static class RecordRules
{
    /// <summary>All flags that mean something.</summary>
    public const RecordFlags FlagsDefined = RecordFlags.FirstInMessage | RecordFlags.LastInMessage | RecordFlags.Snapshot | RecordFlags.Derived
        | RecordFlags.Continued | RecordFlags.TimeFromVenue | RecordFlags.Checkpoint;

    private const int KindsMax = 256;

    private static readonly bool[] Defined = MakeDefined();
    private static readonly byte[] Slots = MakeSlots();

    /// <summary>Whether the value is a kind of record.</summary>
    public static bool IsDefined(RecordKind kind) => Defined[(byte)kind];

    /// <summary>How many slots a record of this kind has; 0 = not fixed.</summary>
    public static int SlotsOf(RecordKind kind) => Slots[(byte)kind];

    /// <summary>Produced by the logic.</summary>
    public static bool IsDerivedKind(RecordKind kind) => (byte)kind is >= 32 and < 64;

    /// <summary>State, which stands in checkpoints only.</summary>
    public static bool IsStateKind(RecordKind kind) => (byte)kind is >= 64 and < 80;

    private static bool[] MakeDefined()
    {
        bool[] defined = new bool[KindsMax];
        foreach (RecordKind kind in Enum.GetValues<RecordKind>())
        {
            defined[(byte)kind] = kind != RecordKind.None;
        }

        return defined;
    }

    private static byte[] MakeSlots()
    {
        byte[] slots = new byte[KindsMax];
        slots[(byte)RecordKind.MessageBegin] = 1;
        slots[(byte)RecordKind.LevelSet] = 1;
        slots[(byte)RecordKind.OrderOpen] = 1;
        slots[(byte)RecordKind.OrderChange] = OrderChange.Slots;
        slots[(byte)RecordKind.OrderDone] = 1;
        slots[(byte)RecordKind.OrderMatch] = OrderMatch.Slots;
        slots[(byte)RecordKind.OrderReceived] = OrderReceived.Slots;
        slots[(byte)RecordKind.Trade] = 1;
        slots[(byte)RecordKind.Candle] = 3;
        slots[(byte)RecordKind.Quote] = 1;
        slots[(byte)RecordKind.InstrumentDefinition] = InstrumentDefinition.Slots;
        slots[(byte)RecordKind.StreamDefinition] = StreamDefinition.Slots;
        slots[(byte)RecordKind.Connection] = 1;
        slots[(byte)RecordKind.Timer] = 1;
        slots[(byte)RecordKind.FrameRejected] = 1;
        slots[(byte)RecordKind.Gap] = 1;
        slots[(byte)RecordKind.Resync] = 1;
        slots[(byte)RecordKind.BookImage] = 1;
        slots[(byte)RecordKind.BookStateChange] = 1;
        slots[(byte)RecordKind.MessageIgnored] = 1;
        slots[(byte)RecordKind.Seal] = Seal.Slots;
        slots[(byte)RecordKind.SealChain] = 1;
        slots[(byte)RecordKind.EngineState] = 2;
        slots[(byte)RecordKind.StreamState] = StreamState.Slots;
        slots[(byte)RecordKind.RememberedBest] = 1;
        slots[(byte)RecordKind.ConnectionState] = 1;
        slots[(byte)RecordKind.Padding] = 1;
        return slots;
    }
}
