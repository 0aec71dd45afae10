using System.Runtime.InteropServices;
using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Recordings;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>What must hold for damaged frames, whatever the venue.</summary>
internal static class FrameFuzz
{
    public const int Seed = 20261120;

    /// <summary>A damaged frame is JSON or not exactly as the platform's reader finds.</summary>
    /// <param name="bench">A decoder that has met the frame.</param>
    /// <param name="frame">The frame to damage.</param>
    /// <param name="mutations">How often.</param>
    public static void Judge(DecoderBench bench, string frame, int mutations)
    {
        byte[] original = Encoding.UTF8.GetBytes(frame);
        byte[] mutated = new byte[original.Length + FrameDamage.GrowthMax];
        Random random = new(Seed);
        int accepted = 0;
        for (int round = 0; round < mutations; round++)
        {
            ReadOnlySpan<byte> bytes = FrameDamage.Mutate(random, original, mutated);
            bool valid = FrameDamage.IsJson(bytes);
            accepted += valid ? 1 : 0;
            bool scanned = JsonScanner.IsValid(bytes, out RejectReason reason, out int faultByte);
            DecodeResult result = bench.Send(bytes);
            if (scanned != valid || faultByte > bytes.Length || result.FaultByte > bytes.Length || !FrameDamage.Agrees(result, valid))
            {
                Assert.Fail($"round {round}: reader {valid}, scanner {scanned} ({reason} at {faultByte}), decoder {result}\n{Encoding.Latin1.GetString(bytes)}");
            }

            if (result.Outcome != DecodeOutcome.Rejected)
            {
                _ = Batches.Split(bench.Batch.Records);
            }
        }

        Assert.InRange(accepted, mutations / 50, mutations * 9 / 10);
    }

    /// <summary>A frame cut anywhere is rejected where it ends.</summary>
    public static void Cut(DecoderBench bench, string frame)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(frame);
        for (int warm = 0; warm < 2; warm++)
        {
            for (int length = 0; length < bytes.Length; length++)
            {
                DecodeResult result = bench.Send(bytes.AsSpan(0, length));
                Assert.Equal((DecodeOutcome.Rejected, length == 0 ? RejectReason.Empty : RejectReason.Truncated), (result.Outcome, result.Reason));
                Assert.Equal(length, result.FaultByte);
            }

            // Then once more with the stream known, which takes the fast way.
            bench.Bytes(frame);
        }
    }

    /// <summary>
    /// A decoder may know the very form that a venue gives a frame. With blanks in it the frame has another one: it becomes the same, and so does whatever it
    /// becomes by another byte in any one place, or cut anywhere.
    /// </summary>
    /// <param name="usual">A decoder that has met the frame.</param>
    /// <param name="general">Its equal.</param>
    /// <param name="frame">The frame in the venue's own form.</param>
    /// <param name="blanks">The bytes of it before which blanks are put, the first ones first.</param>
    public static void SameWithBlanks(DecoderBench usual, DecoderBench general, string frame, params int[] blanks)
    {
        byte[] original = Encoding.UTF8.GetBytes(frame);
        for (int place = 0; place < original.Length; place++)
        {
            Compare(original[..place]);
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] other = [.. original];
                other[place] = (byte)value;
                Compare(other);
            }
        }

        void Compare(byte[] bytes)
        {
            List<byte> other = [.. bytes];
            foreach (int place in blanks.Reverse().Where(place => place < bytes.Length))
            {
                other.Insert(place, (byte)' ');
            }

            DecodeResult found = usual.Send(bytes);
            DecodeResult expected = general.Send([.. other]);
            int before = expected.Outcome == DecodeOutcome.Rejected ? blanks.Where((place, index) => place + index < expected.FaultByte).Count() : 0;
            if (found != expected with { FaultByte = expected.FaultByte - before }
                || !MemoryMarshal.AsBytes(usual.Batch.Records).SequenceEqual(MemoryMarshal.AsBytes(general.Batch.Records)))
            {
                Assert.Fail($"{found}, with blanks {expected}\n{Encoding.Latin1.GetString(bytes)}");
            }
        }
    }

    /// <summary>Between the frames of a recording stand damaged copies of them; those that are rejected leave no trace in what the others become.</summary>
    /// <param name="venue">The recording's.</param>
    /// <param name="path">Of the recording.</param>
    /// <param name="copies">How many damaged copies the next frame has.</param>
    /// <returns>How many frames were rejected.</returns>
    public static int Mix(Venue venue, string path, Func<Random, int> copies)
    {
        using RecordingReader reader = new([path]);
        using RecordBuffer damagedBatch = new();
        using RecordBuffer sparedBatch = new();
        IVenueDecoder damaged = CodecFactory.Create(venue);
        IVenueDecoder spared = CodecFactory.Create(venue);
        byte[] mutated = new byte[Frame.BytesMax + FrameDamage.GrowthMax];
        Random random = new(Seed);
        int rejected = 0;
        while (reader.TryRead(out RecordedLine line))
        {
            byte[] original = line.Frame.Bytes.ToArray();
            for (int count = copies(random); count > 0 && original.Length > 4; count--)
            {
                Frame bad = new() { Bytes = FrameDamage.Mutate(random, original, mutated), ReceivedAtNs = line.Frame.ReceivedAtNs, Symbol = line.Frame.Symbol };
                damagedBatch.Clear();
                DecodeResult result = damaged.Decode(bad, damagedBatch);
                if (result.Outcome == DecodeOutcome.Rejected)
                {
                    rejected++;
                    Assert.Equal(0, damagedBatch.Count);
                    continue;
                }

                // What is taken in is taken in by both.
                sparedBatch.Clear();
                Assert.Equal(result, spared.Decode(bad, sparedBatch));
                AssertSame(damagedBatch, sparedBatch, line.Frame.Line);
            }

            damagedBatch.Clear();
            sparedBatch.Clear();
            Assert.Equal(spared.Decode(line.Frame, sparedBatch), damaged.Decode(line.Frame, damagedBatch));
            AssertSame(damagedBatch, sparedBatch, line.Frame.Line);
        }

        return rejected;
    }

    private static void AssertSame(RecordBuffer found, RecordBuffer expected, long line) =>
        Assert.True(MemoryMarshal.AsBytes(found.Records).SequenceEqual(MemoryMarshal.AsBytes(expected.Records)), $"line {line}");
}
