using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Binance;

// Frames in the envelope that look like one of the same stream before: all that differs are the values.
public sealed partial class BinanceDecoder
{
    /// <summary>
    /// Frames of a stream that may be looked at for a new shape in vain. Behind them no more is learnt: a stream whose values keep missing its shape (a number of 17 digits) would
    /// pay for the look with every frame.
    /// </summary>
    private const int ShapeMissesMax = 64;

    /// <summary>What values of a shape stand in: the envelope and its data.</summary>
    private const int ShapedDepth = 2;

    private static readonly ShapeRules Rules = new()
    {
        Texts = (1UL << BinanceFields.LowerB) | (1UL << BinanceFields.UpperB) | (1UL << BinanceFields.LowerA) | (1UL << BinanceFields.UpperA)
            | (1UL << BinanceFields.LowerP) | (1UL << BinanceFields.LowerQ),
        Arrays = (1UL << BinanceFields.LowerB) | (1UL << BinanceFields.LowerA),
    };

    // The envelope as far as the name of the stream, and what stands behind the name.
    private static ReadOnlySpan<byte> EnvelopeStart => "{\"stream\":\""u8;

    private static ReadOnlySpan<byte> EnvelopeMiddle => "\",\"data\":"u8;

    // Reads a frame of a known shape into the fields and the batch. False = it has none, and what was read means nothing.
    private bool TryReadShaped(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        int nameStart = EnvelopeStart.Length;
        if (!frame.Bytes.StartsWith(EnvelopeStart))
        {
            return false;
        }

        int nameLength = frame.Bytes[nameStart..].IndexOf((byte)'"');
        if (nameLength < 0 || _streams.Find(frame.Bytes.Slice(nameStart, nameLength)) is not { Shape: { } shape } stream)
        {
            return false;
        }

        int nameEnd = nameStart + nameLength;
        _streamOfName = stream;
        _top[BinanceFields.Stream] = new JsonValue { Token = JsonToken.String, Start = nameStart, Length = nameLength };
        _top.Add(BinanceFields.Stream);
        _top[BinanceFields.Data] = new JsonValue { Token = JsonToken.Object, Start = nameEnd + EnvelopeMiddle.Length };
        _top.Add(BinanceFields.Data);
        _data.Clear(nameEnd + EnvelopeMiddle.Length);
        scanner = new JsonScanner(frame.Bytes, nameEnd, ShapedDepth);
        int place = 0;
        while (shape.ReadToArray(ref scanner, _data, _data, ref place, out int slot))
        {
            _data[slot] = new JsonValue { Token = JsonToken.Array, Start = scanner.Position };
            if (!ReadSide(ref scanner, frame, batch, _data, BinanceScope.Data, slot))
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
        const ulong Envelope = (1UL << BinanceFields.Stream) | (1UL << BinanceFields.Data);
        if (_streamOfName is not { } stream || stream.ShapeMisses == ShapeMissesMax
            || _top.Seen != Envelope || _top.HasDuplicates || _data.HasDuplicates
            || stream.Channel is < (byte)BinanceChannel.Depth or > (byte)BinanceChannel.AggregateTrade)
        {
            return;
        }

        JsonValue name = _top[BinanceFields.Stream];
        int nameEnd = name.Start + name.Length;
        if (!frame.Bytes.StartsWith(EnvelopeStart) || name.Start != EnvelopeStart.Length || name.Escaped || !name.In(frame.Bytes).SequenceEqual(stream.Name)
            || !frame.Bytes[nameEnd..].StartsWith(EnvelopeMiddle) || _data.Start != nameEnd + EnvelopeMiddle.Length)
        {
            return;
        }

        stream.Shape ??= new FrameShape(FrameShape.PlacesMax);
        if (!stream.Shape.TryLearn<BinanceFields>(frame.Bytes, nameEnd, _data.Start, Rules))
        {
            stream.ShapeMisses++;
        }
    }
}
