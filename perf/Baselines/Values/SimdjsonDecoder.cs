using System.Runtime.InteropServices;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Baselines.Values;

/// <summary>
/// A decoder of perf/Simdjson: C++ on simdjson's On-Demand API, one call a frame. simdjson checks the structure and the UTF-8 of a whole frame, and the grammar of
/// what is read; what nobody reads it only passes over. As the decoders on Utf8JsonReader it looks at no duplicates and no order.
/// </summary>
public sealed unsafe class SimdjsonDecoder : IValueDecoder
{
    // The shortest row that makes a value has more bytes than this, and some values are the frame's own.
    private const int BytesAValue = 4;
    private const int ValuesMore = 16;

    private readonly nint _decoder;
    private readonly delegate* unmanaged<nint, byte*, nuint, FrameValue*, int, int> _decode;
    private readonly delegate* unmanaged<nint, void> _close;
    private FrameValue* _values;
    private int _room;
    private int _count;
    private bool _isClosed;

    /// <summary>A decoder; <see cref="SimdjsonLibrary.IsPresent"/> must be true.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No venue.</exception>
    public SimdjsonDecoder(Venue venue)
    {
        string name = venue switch
        {
            Venue.BybitLinear or Venue.BybitSpot or Venue.BybitInverse => "bybit",
            Venue.BinanceSpot or Venue.BinanceUsdM or Venue.BinanceCoinM => "binance",
            Venue.Okx => "okx",
            Venue.Bitfinex => "bitfinex",
            Venue.Coinbase => "coinbase",
            Venue.CoinbaseAdvanced => "coinbase_advanced",
            _ => throw new ArgumentOutOfRangeException(nameof(venue), venue, "no venue"),
        };
        _decode = (delegate* unmanaged<nint, byte*, nuint, FrameValue*, int, int>)SimdjsonLibrary.Export($"lob_simdjson_{name}");
        _close = (delegate* unmanaged<nint, void>)SimdjsonLibrary.Export("lob_simdjson_close");
        _decoder = ((delegate* unmanaged<nint>)SimdjsonLibrary.Export("lob_simdjson_open"))();
    }

    /// <summary>Gives the memory back.</summary>
    ~SimdjsonDecoder() => Close();

    /// <inheritdoc/>
    public ReadOnlySpan<FrameValue> Values => new(_values, _count);

    /// <inheritdoc/>
    public bool TryDecode(ReadOnlySpan<byte> frame)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        int needed = (frame.Length / BytesAValue) + ValuesMore;
        if (_room < needed)
        {
            _room = 2 * needed;
            _values = (FrameValue*)NativeMemory.Realloc(_values, (nuint)_room * (nuint)sizeof(FrameValue));
        }

        fixed (byte* bytes = frame)
        {
            int written = _decode(_decoder, bytes, (nuint)frame.Length, _values, _room);
            _count = Math.Max(written, 0);
            return written >= 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private void Close()
    {
        if (!_isClosed && _decoder != 0)
        {
            _isClosed = true;
            _count = 0;
            _close(_decoder);
            NativeMemory.Free(_values);
            _values = null;
        }
    }
}
