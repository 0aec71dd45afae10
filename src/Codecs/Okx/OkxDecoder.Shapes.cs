using System.Runtime.CompilerServices;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Streams;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Okx;

// Messages of books that look like one of the same stream before: all that differs are the values.
public sealed partial class OkxDecoder
{
    /// <summary>Frames of a stream that may be looked at for a new shape in vain. Behind them no more is learnt.</summary>
    private const int ShapeMissesMax = 64;

    /// <summary>What the arrays of a shape stand in: the frame, its data, and the one item of them.</summary>
    private const int ShapedDepth = 3;

    private static readonly ShapeRules ShapedValues = new()
    {
        Texts = 1UL << OkxFields.Time,
        Arrays = (1UL << OkxFields.Asks) | (1UL << OkxFields.Bids),
        Signed = (1UL << OkxFields.Checksum) | (1UL << OkxFields.PreviousSequenceId),
        Objects = 1UL << OkxFields.Data,
    };

    // The frame as far as the channel, and what stands between that and the instrument.
    private static ReadOnlySpan<byte> Head => "{\"arg\":{\"channel\":\""u8;

    private static ReadOnlySpan<byte> BetweenNames => "\",\"instId\":\""u8;

    private static int ArgStart => "{\"arg\":"u8.Length;

    // Reads a frame of a known shape into the fields and the batch. False = it has none, and what was read means nothing.
    private bool TryReadShaped(ref JsonScanner scanner, in Frame frame, RecordBuffer batch)
    {
        if (!TryReadNames(frame, out int namesEnd) || _stream is not { Shape: { } shape })
        {
            return false;
        }

        int place = 0;
        scanner = new JsonScanner(frame.Bytes, namesEnd, ShapedDepth);
        while (shape.ReadToArray(ref scanner, _top, _item, ref place, out int slot))
        {
            if (OkxChannels.IsIncremental(_channel) && !TryAction(scanner))
            {
                return false;
            }

            _item[slot] = new JsonValue { Token = JsonToken.Array, Start = scanner.Position };
            if (!ReadSide(ref scanner, frame, batch, slot))
            {
                return false;
            }

            _item.Add(slot);
        }

        return FrameShape.IsEnd(place) && scanner.End();
    }

    // The two names of arg, where they stand as usual, and the stream they name.
    private bool TryReadNames(in Frame frame, out int end)
    {
        ReadOnlySpan<byte> bytes = frame.Bytes;
        end = 0;
        if (!bytes.StartsWith(Head))
        {
            return false;
        }

        int channelLength = bytes[Head.Length..].IndexOf((byte)'"');
        int channelEnd = Head.Length + channelLength;
        if (channelLength < 0 || !bytes[channelEnd..].StartsWith(BetweenNames))
        {
            return false;
        }

        int instrumentStart = channelEnd + BetweenNames.Length;
        int instrumentLength = bytes[instrumentStart..].IndexOf((byte)'"');
        if (instrumentLength < 0)
        {
            return false;
        }

        end = instrumentStart + instrumentLength;
        _top[OkxFields.Arg] = new JsonValue { Token = JsonToken.Object, Start = ArgStart };
        _top.Add(OkxFields.Arg);
        _arg.Clear(ArgStart);
        _arg[OkxFields.Channel] = new JsonValue { Token = JsonToken.String, Start = Head.Length, Length = channelLength };
        _arg[OkxFields.InstrumentId] = new JsonValue { Token = JsonToken.String, Start = instrumentStart, Length = instrumentLength };
        _arg.AddAll(FieldSet.Bit(OkxFields.Channel) | FieldSet.Bit(OkxFields.InstrumentId));
        _isRouted = Route(frame);
        return _isRouted;
    }

    // The frame was read field by field and became records: the next one may look like it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LearnShape(in Frame frame)
    {
        const ulong Names = (1UL << OkxFields.Channel) | (1UL << OkxFields.InstrumentId);
        JsonValue instrument = _arg[OkxFields.InstrumentId];
        if (_stream is not { } stream || !_isDataRead || !OkxChannels.IsBook(_channel) || stream.ShapeMisses == ShapeMissesMax
            || _arg.Seen != Names || _top.HasDuplicates || _arg.HasDuplicates || _item.HasDuplicates
            || !frame.Bytes.StartsWith(Head) || _arg[OkxFields.Channel].Start != Head.Length || _arg[OkxFields.Channel].Escaped || instrument.Escaped
            || instrument.Start != Head.Length + _arg[OkxFields.Channel].Length + BetweenNames.Length)
        {
            return;
        }

        stream.Shape ??= new FrameShape(FrameShape.PlacesMax);
        if (!stream.Shape.TryLearn<OkxFields>(frame.Bytes, instrument.Start + instrument.Length, objectStart: 0, ShapedValues))
        {
            stream.ShapeMisses++;
        }
    }
}
