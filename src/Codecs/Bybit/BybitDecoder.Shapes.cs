using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Bybit;

// Frames of books and tickers that look like one of the same stream before: all that differs are the values, and with tickers which of the fields there are.
public sealed partial class BybitDecoder
{
    /// <summary>Frames of a stream that may be looked at for a new shape in vain; see <see cref="Binance.BinanceDecoder"/>.</summary>
    private const int ShapeMissesMax = 64;

    /// <summary>Room for the shapes of a ticker stream: a recorded one has had some twenty, which begin alike.</summary>
    private const int TickerPlaces = 256;

    /// <summary>What the arrays of a shape stand in: the frame and its data.</summary>
    private const int ShapedDepth = 2;

    private static readonly ShapeRules Rules = new()
    {
        Texts = QuoteFields,
        Arrays = (1UL << BybitFields.Bids) | (1UL << BybitFields.Asks),
        Objects = 1UL << BybitFields.Data,
        UnreadTexts = true,
    };

    // The frame as far as the name of the stream.
    private static ReadOnlySpan<byte> Head => "{\"topic\":\""u8;

    // Reads a frame of a known shape into the fields and the batch. False = it has none, and what was read means nothing.
    private bool TryReadShaped(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!frame.Bytes.StartsWith(Head))
        {
            return false;
        }

        int nameLength = frame.Bytes[Head.Length..].IndexOf((byte)'"');
        if (nameLength < 0 || _streams.Find(frame.Bytes.Slice(Head.Length, nameLength)) is not { Shape: { } shape } stream)
        {
            return false;
        }

        _stream = stream;
        _top[BybitFields.Topic] = new JsonValue { Token = JsonToken.String, Start = Head.Length, Length = nameLength };
        _top.Add(BybitFields.Topic);
        scanner = new JsonScanner(frame.Bytes, Head.Length + nameLength, ShapedDepth);
        int place = 0;
        while (shape.ReadToArray(ref scanner, _top, _data, ref place, out int slot))
        {
            _data[slot] = new JsonValue { Token = JsonToken.Array, Start = scanner.Position };
            if (!ReadSide(ref scanner, frame, batch, slot))
            {
                return false;
            }

            _data.Add(slot);
        }

        return FrameShape.IsEnd(place) && scanner.End();
    }

    // The frame was read field by field and became records: the next one may look like it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LearnShape(in Frame frame)
    {
        JsonValue name = _top[BybitFields.Topic];
        if (_stream is not { Channel: (byte)BybitChannel.Book or (byte)BybitChannel.FullBook or (byte)BybitChannel.Ticker } stream
            || stream.ShapeMisses == ShapeMissesMax
            || _top.HasDuplicates || _data.HasDuplicates
            || !frame.Bytes.StartsWith(Head) || name.Start != Head.Length || name.Escaped)
        {
            return;
        }

        stream.Shape ??= new FrameShape(stream.Channel == (byte)BybitChannel.Ticker ? TickerPlaces : FrameShape.PlacesMax);
        if (!stream.Shape.TryLearn<BybitFields>(frame.Bytes, name.Start + name.Length, objectStart: 0, Rules))
        {
            stream.ShapeMisses++;
        }
    }
}
