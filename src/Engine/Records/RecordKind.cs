namespace Lob.Fast.Engine.Records;

/// <summary>
/// What a 64-byte slot holds. Values are part of the journal format: never renumber, only add.
/// 1–31 are inputs (what the logic consumed), 32–63 are derived (what it produced), 64–79 belong to checkpoints,
/// 255 is filler. Zero is never a valid record, so a zeroed or recycled page can never be taken for one.
/// </summary>
public enum RecordKind : byte
{
    /// <summary>No record: an unwritten slot.</summary>
    None = 0,

    // Inputs: market data.

    /// <summary>Opens one venue message: <see cref="Records.MessageBegin"/>.</summary>
    MessageBegin = 1,

    /// <summary>One price level of a book message: <see cref="Records.LevelSet"/>.</summary>
    LevelSet = 2,

    /// <summary>An order rests in the book: <see cref="Records.OrderOpen"/>.</summary>
    OrderOpen = 3,

    /// <summary>An order has another price or quantity, two slots: <see cref="Records.OrderChange"/>.</summary>
    OrderChange = 4,

    /// <summary>An order is gone: <see cref="Records.OrderDone"/>.</summary>
    OrderDone = 5,

    /// <summary>Two orders traded, two slots: <see cref="Records.OrderMatch"/>.</summary>
    OrderMatch = 6,

    /// <summary>One trade: <see cref="Records.Trade"/>.</summary>
    Trade = 7,

    /// <summary>One candle, three slots: <see cref="Records.Candle"/>.</summary>
    Candle = 8,

    /// <summary>One side of a ticker's best price: <see cref="Records.Quote"/>.</summary>
    Quote = 9,

    /// <summary>An order was accepted and is about to be matched, two slots: <see cref="Records.OrderReceived"/>.</summary>
    OrderReceived = 10,

    // Inputs: everything else that came from outside.

    /// <summary>Symbol, exponents and limits of an instrument, three slots: <see cref="Records.InstrumentDefinition"/>.</summary>
    InstrumentDefinition = 16,

    /// <summary>A stream appears, two slots: <see cref="Records.StreamDefinition"/>.</summary>
    StreamDefinition = 17,

    /// <summary>A connection opened or closed: <see cref="Records.Connection"/>.</summary>
    Connection = 18,

    /// <summary>A second passed, or the input ended: <see cref="Records.Timer"/>.</summary>
    Timer = 19,

    /// <summary>A frame that was not taken in: <see cref="Records.FrameRejected"/>.</summary>
    FrameRejected = 20,

    /// <summary>Reserved: a venue changed the contract of a feed.</summary>
    Drift = 21,

    /// <summary>Reserved for the trading layer.</summary>
    OrderReport = 22,

    // Derived.

    /// <summary>A live book lost its proof: <see cref="Records.Gap"/>.</summary>
    Gap = 32,

    /// <summary>A snapshot was bridged: <see cref="Records.Resync"/>.</summary>
    Resync = 33,

    /// <summary>Opens the whole book as the logic holds it, followed by its levels: <see cref="Records.BookImage"/>.</summary>
    BookImage = 34,

    /// <summary>A book changed its state: <see cref="Records.BookStateChange"/>.</summary>
    BookStateChange = 35,

    /// <summary>The message just before changed nothing: <see cref="Records.MessageIgnored"/>.</summary>
    MessageIgnored = 36,

    /// <summary>What one book stream did in one second, three slots: <see cref="Records.Seal"/>.</summary>
    Seal = 37,

    /// <summary>Hash chain over the seals of one second: <see cref="Records.SealChain"/>.</summary>
    SealChain = 38,

    /// <summary>Reserved for the trading layer.</summary>
    Decision = 48,

    /// <summary>Reserved for the trading layer.</summary>
    OrderIntent = 49,

    /// <summary>Reserved for the trading layer.</summary>
    RiskVerdict = 50,

    /// <summary>Reserved for the trading layer.</summary>
    Position = 51,

    /// <summary>Reserved for the trading layer.</summary>
    Funding = 52,

    // Checkpoints: state, written at the start of every segment.

    /// <summary>Clock, chain head and counts, two slots: <see cref="Records.EngineState"/>.</summary>
    EngineState = 64,

    /// <summary>Everything a book stream remembers beside its levels, six slots: <see cref="Records.StreamState"/>.</summary>
    StreamState = 65,

    /// <summary>A ticker, or own best prices, that are remembered: <see cref="Records.RememberedBest"/>.</summary>
    RememberedBest = 66,

    /// <summary>Where a connection's own count stands: <see cref="Records.ConnectionState"/>.</summary>
    ConnectionState = 67,

    /// <summary>Filler, written where a group of continued slots would cross a block border. Readers skip it.</summary>
    Padding = 255,
}
