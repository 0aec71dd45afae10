using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Lob.Fast.Engine.Numbers;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines;

/// <summary>
/// Binance frames to records with the platform's own parts, <see cref="Utf8JsonReader"/> and <see cref="Utf8Parser"/>: what one writes in C#
/// without a scanner of one's own, and without wasting anything on purpose. It reads what the recordings contain: combined-stream
/// envelopes with the stream name in front, and bare REST books.
/// </summary>
/// <remarks>
/// A frame is first read completely into fields and scaled numbers; only when all of it is valid are records written. Rejections state the
/// same reasons as the engine's codec where the platform's reader tells them apart; it reports most broken JSON as Syntax.
/// </remarks>
public sealed partial class Utf8JsonBinanceDecoder : IFrameDecoder
{
    private const long StaleAfterNs = 30_000_000_000;

    // 2000-01-01 and 2200-01-01, Unix ms.
    private const long TimeMinMs = 946_684_800_000;
    private const long TimeMaxMs = 7_258_118_400_000;

    private static readonly int[] DepthLimits = [5, 10, 20, 50, 100, 500, 1_000, 5_000];

    private readonly Venue _venue;
    private readonly bool _isSpot;
    private readonly string _restChannel;
    private readonly string? _restSymbol;
    private readonly Dictionary<string, Instrument> _instruments = [];
    private readonly Dictionary<string, KnownStream> _streams = [];
    private readonly Dictionary<string, KnownStream>.AlternateLookup<ReadOnlySpan<char>> _streamsByName;
    private uint _instrumentCount;
    private uint _streamCount;

    /// <summary>A decoder of one Binance market.</summary>
    /// <param name="venue">Which.</param>
    /// <param name="restSymbol">Symbol of REST books that name none, where the recording does not say either; null = they are rejected.</param>
    public Utf8JsonBinanceDecoder(Venue venue, string? restSymbol = null)
    {
        _venue = venue;
        _restSymbol = restSymbol;
        _isSpot = venue == Venue.BinanceSpot;
        _restChannel = venue switch
        {
            Venue.BinanceSpot => "/api/v3/depth",
            Venue.BinanceUsdM => "/fapi/v1/depth",
            Venue.BinanceCoinM => "/dapi/v1/depth",
            _ => throw new ArgumentException($"not a Binance market: {venue}", nameof(venue)),
        };
        _streamsByName = _streams.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <inheritdoc/>
    public DecodeResult Decode(in Frame frame, RecordBuffer batch)
    {
        if (frame.Bytes.IsEmpty)
        {
            return DecodeResult.Rejected(RejectReason.Empty, 0, 0);
        }

        if (frame.Bytes.Length > Frame.BytesMax)
        {
            return DecodeResult.Rejected(RejectReason.Oversized, 0, 0);
        }

        var reader = new Utf8JsonReader(frame.Bytes);
        _stream = null;
        _reason = RejectReason.None;
        try
        {
            DecodeOutcome outcome = ReadFrame(ref reader, frame);
            if (outcome == DecodeOutcome.Records && !TryWrite(frame, batch))
            {
                outcome = DecodeOutcome.Rejected;
            }

            return outcome == DecodeOutcome.Rejected
                ? DecodeResult.Rejected(_reason, (int)reader.TokenStartIndex, _stream?.Id ?? 0)
                : new DecodeResult(outcome, RejectReason.None, 0, 0);
        }
        catch (JsonException fault)
        {
            // A frame is one line, so the position in the line is that in the frame.
            int position = (int)(fault.BytePositionInLine ?? 0);
            RejectReason reason = position >= frame.Bytes.Length ? RejectReason.Truncated : RejectReason.Syntax;
            return DecodeResult.Rejected(reason, position, _stream?.Id ?? 0);
        }
    }

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<Record> definition)
    {
        if (definition[0].Header.Kind == RecordKind.InstrumentDefinition)
        {
            InstrumentDefinition first = Record.Read<InstrumentDefinition>(definition[0]);
            string symbol = Record.Read<InstrumentSymbol>(definition[1]).Symbol.ToString();
            _instruments[symbol] = new Instrument(symbol)
            {
                Id = first.InstrumentId,
                Epoch = first.Epoch,
                PriceDecimals = first.PriceDecimals,
                QuantityDecimals = first.QuantityDecimals,
                PriceBits = first.PriceBits,
                QuantityBits = first.QuantityBits,
            };
            _instrumentCount = Math.Max(_instrumentCount, first.InstrumentId);
        }
        else if (definition[0].Header.Kind == RecordKind.StreamDefinition)
        {
            StreamDefinition first = Record.Read<StreamDefinition>(definition[0]);
            string channel = Record.Read<StreamChannel>(definition[1]).Channel.ToString();
            Instrument instrument = _instruments.Values.First(known => known.Id == first.InstrumentId);
            var stream = new KnownStream(instrument, channel, first.Role) { Id = first.Header.StreamId };
            _streams[NameOf(instrument.Symbol, channel, first.Role)] = stream;
            _streamCount = Math.Max(_streamCount, stream.Id);
        }
    }

    private static string NameOf(string symbol, string channel, StreamRole role) =>
        role == StreamRole.BookSnapshots ? channel + symbol : symbol.ToLowerInvariant() + "@" + channel;

    // The stream of a name; a new one is remembered only when its first message is written.
    private KnownStream? FindStream(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[2 * Text40.BytesMax + 1];
        if (name.Length > text.Length || !Encoding.ASCII.TryGetChars(name, text, out int length))
        {
            _reason = RejectReason.BadName;
            return null;
        }

        if (_streamsByName.TryGetValue(text[..length], out KnownStream? known))
        {
            return known;
        }

        string all = text[..length].ToString();
        int at = all.IndexOf('@', StringComparison.Ordinal);
        string channel = all[(at + 1)..];
        if (at is < 1 or > Text40.BytesMax || channel.Length is < 1 or > Text40.BytesMax)
        {
            _reason = RejectReason.BadName;
            return null;
        }

        string kind = channel.Split('@')[0];
        StreamRole role = kind switch
        {
            "depth" => StreamRole.Book,
            "bookTicker" or "!bookTicker" => StreamRole.Ticker,
            "trade" or "aggTrade" => StreamRole.Trades,
            _ when kind.StartsWith("kline_", StringComparison.Ordinal) => StreamRole.Candles,
            _ => StreamRole.None,
        };
        if (role != StreamRole.None && all.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            _reason = RejectReason.BadName;
            return null;
        }

        // The symbol may be written in upper case.
        string symbol = all[..at].ToUpperInvariant();
        return _streams.GetValueOrDefault(NameOf(symbol, channel, role)) ?? NewStream(symbol, channel, role);
    }

    private KnownStream? FindRestStream(ReadOnlySpan<byte> symbolInFrame, ReadOnlySpan<byte> symbolOfRecording)
    {
        if (RestSymbol(symbolInFrame, symbolOfRecording) is not { } symbol)
        {
            _reason = RejectReason.UnknownSymbol;
            return null;
        }

        return KnownRestStream(symbolInFrame, symbolOfRecording) ?? NewStream(symbol, _restChannel, StreamRole.BookSnapshots);
    }

    private KnownStream? KnownRestStream(ReadOnlySpan<byte> symbolInFrame, ReadOnlySpan<byte> symbolOfRecording) =>
        RestSymbol(symbolInFrame, symbolOfRecording) is { } symbol
            ? _streams.GetValueOrDefault(NameOf(symbol, _restChannel, StreamRole.BookSnapshots))
            : null;

    // The answer's own word, the recording's, or that of whoever made the decoder. Never what other frames were about.
    private string? RestSymbol(ReadOnlySpan<byte> symbolInFrame, ReadOnlySpan<byte> symbolOfRecording)
    {
        ReadOnlySpan<byte> bytes = symbolInFrame.IsEmpty ? symbolOfRecording : symbolInFrame;
        return bytes.IsEmpty ? _restSymbol : Encoding.ASCII.GetString(bytes);
    }

    private KnownStream NewStream(string symbol, string channel, StreamRole role) =>
        new(_instruments.GetValueOrDefault(symbol) ?? new Instrument(symbol), channel, role);

    /// <summary>A symbol and its exponents. Id 0 = not yet defined.</summary>
    private sealed class Instrument(string symbol)
    {
        public readonly string Symbol = symbol;
        public readonly byte[] SymbolBytes = Encoding.ASCII.GetBytes(symbol);
        public uint Id;
        public uint Epoch;
        public int PriceDecimals;
        public int QuantityDecimals;
        public int PriceBits;
        public int QuantityBits;
    }

    /// <summary>A stream. Id 0 = not yet defined.</summary>
    private sealed class KnownStream(Instrument instrument, string channel, StreamRole role)
    {
        public readonly Instrument Instrument = instrument;
        public readonly string Channel = channel;
        public readonly StreamRole Role = role;
        public readonly bool IsAggregate = channel == "aggTrade";
        public uint Id;
    }

    /// <summary>A number without its trailing zeros, Value × 10^−Decimals, and with how many decimals it was written.</summary>
    private readonly record struct Number(long Value, int Decimals, int WrittenDecimals)
    {
        public long At(int decimals) => Value * PowersOfTen.Of(decimals - Decimals);
    }
}
