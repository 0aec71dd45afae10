using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>
/// Two decoders that must find the same: one takes frames by their shape, the other field by field, because a blank in front of each keeps it from having a shape (and moves
/// each fault by one byte).
/// </summary>
internal sealed class ShapePair(Venue venue) : IDisposable
{
    private const int LearningRounds = 3;

    private readonly IVenueDecoder _decoder = CodecFactory.Create(venue, new DecoderOptions { DefaultSymbol = "BTCUSDT" });
    private readonly IVenueDecoder _byField = CodecFactory.Create(venue, new DecoderOptions { DefaultSymbol = "BTCUSDT" });
    private readonly RecordBuffer _records = new();
    private readonly RecordBuffer _recordsByField = new();

    /// <summary>Frames that became records.</summary>
    public int Taken { get; private set; }

    public void Dispose()
    {
        _records.Dispose();
        _recordsByField.Dispose();
    }

    public void Decode(ReadOnlySpan<byte> bytes)
    {
        _records.Clear();
        _recordsByField.Clear();
        DecodeResult result = _decoder.Decode(new Frame { Bytes = bytes, ReceivedAtNs = 1 }, _records);
        byte[] moved = [(byte)' ', .. bytes];
        DecodeResult expected = _byField.Decode(new Frame { Bytes = moved, ReceivedAtNs = 1 }, _recordsByField);
        Assert.Equal((expected.Outcome, expected.Reason, expected.StreamId), (result.Outcome, result.Reason, result.StreamId));
        if (result.Outcome == DecodeOutcome.Rejected && result.FaultByte != 0)
        {
            Assert.Equal(expected.FaultByte, result.FaultByte + 1);
        }

        Assert.Equal(_byField.MissingFields(), _decoder.MissingFields());
        Assert.True(MemoryMarshal.AsBytes(_recordsByField.Records).SequenceEqual(MemoryMarshal.AsBytes(_records.Records)), Encoding.UTF8.GetString(bytes));
        Taken += result.Outcome == DecodeOutcome.Records ? 1 : 0;
    }

    /// <summary>The frame until its shape is known, then cut off and changed in every byte.</summary>
    public void DecodeDamaged(byte[] frame)
    {
        for (int round = 0; round < LearningRounds; round++)
        {
            Decode(frame);
        }

        for (int at = 0; at < frame.Length; at++)
        {
            Decode(frame.AsSpan(0, at));
            foreach (byte other in "0\"-}]a\u0001\\ "u8)
            {
                byte[] changed = [.. frame];
                changed[at] = other;
                Decode(changed);
            }
        }
    }

    /// <summary>A recording, each frame once as it is and once with another byte in it.</summary>
    public void DecodeRecording(string recording, Random random)
    {
        using RecordingReader reader = new([TestSupport.Recordings.PathOf(recording)]);
        while (reader.TryRead(out RecordedLine line))
        {
            byte[] frame = line.Frame.Bytes.ToArray();
            Decode(frame);
            byte[] damaged = [.. frame];
            damaged[random.Next(frame.Length)] = (byte)random.Next(256);
            Decode(damaged);
        }
    }
}
