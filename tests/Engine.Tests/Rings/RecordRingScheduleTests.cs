using System.Runtime.InteropServices;
using Lob.Fast.Engine.Rings;
using Scheduled = Lob.Fast.Engine.Tests.Rings.RingSchedules.Scheduled;

namespace Lob.Fast.Engine.Tests.Rings;

/// <summary>Thousands of short runs of the record ring in orders from seeds, and the proof that a fault in its use or in its protocol would be found.</summary>
public class RecordRingScheduleTests
{
    private const int Runs = 4_000;
    private const int Messages = 40;
    private const int Capacity = RecordRing<Scheduled>.CapacityMin;
    private const int Words = Record.SizeInBytes / sizeof(long);

    public enum Fault
    {
        None,
        PublishedBeforeWritten,
        ReleasedBeforeRead,
        GateNotReadAgain,
        RoomForOneTooMany,
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whatever_the_order_every_slot_arrives_as_it_was_written(bool mirror)
    {
        for (int seed = 0; seed < Runs; seed++)
        {
            using var ring = new RecordRing<Scheduled>(default, Capacity, mirror);
            Assert.True(RunOnce(seed, ring, Fault.None) is null, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(Fault.PublishedBeforeWritten)]
    [InlineData(Fault.ReleasedBeforeRead)]
    public void A_side_that_breaks_the_protocol_is_found(Fault fault)
    {
        int found = 0;
        for (int seed = 0; seed < Runs / 10; seed++)
        {
            using var ring = new RecordRing<Scheduled>(default, Capacity);
            found += RunOnce(seed, ring, fault) is null ? 0 : 1;
        }

        Assert.True(found > Runs / 20, $"found in {found} runs");
    }

    [Theory]
    [InlineData(Fault.None, 0)]
    [InlineData(Fault.GateNotReadAgain, 1)]
    [InlineData(Fault.RoomForOneTooMany, 1)]
    public void A_ring_that_breaks_the_protocol_is_found(Fault fault, int expected)
    {
        int found = 0;
        for (int seed = 0; seed < Runs / 10; seed++)
        {
            var ring = new OneSlotRing(fault);
            long written = 0;
            long read = 0;
            found += RingSchedules.Run(
                seed,
                () =>
                {
                    ring.Write(written);
                    return ++written < 4 * Capacity;
                },
                () =>
                {
                    Check(read, ring.Read());
                    return ++read < 4 * Capacity;
                }) is null ? 0 : 1;
        }

        Assert.Equal(expected != 0, found > Runs / 20);
        Assert.True(expected != 0 || found == 0);
    }

    /// <summary>Real threads, and rests of random length at the points where they meet.</summary>
    [Fact]
    public void Two_threads_that_rest_at_random_pass_every_slot()
    {
        const int Records = 400;
        for (int seed = 0; seed < Runs / 2; seed++)
        {
            using var ring = new RecordRing<YieldWaitStrategy>(default, Capacity);
            var writer = new Background<bool>(() =>
            {
                var random = new Random(seed);
                for (int at = 0; at < Records;)
                {
                    Span<Record> slots = ring.Claim(Math.Min(random.Next(1, Capacity + 1), Records - at));
                    Rest(random);
                    foreach (ref Record slot in slots)
                    {
                        Fill(ref slot, at++);
                    }

                    Rest(random);
                    ring.Publish();
                }

                ring.Complete();
                return true;
            });
            var random = new Random(~seed);
            long position = 0;
            for (ReadOnlySpan<Record> records = ring.Read(); !records.IsEmpty; records = ring.Read())
            {
                Rest(random);
                int part = random.Next(1, records.Length + 1);
                foreach (ref readonly Record record in records[..part])
                {
                    Check(position++, record);
                }

                Rest(random);
                ring.Release(part);
            }

            Assert.True(writer.EndsWithin(TimeSpan.FromSeconds(60)));
            Assert.Equal(Records, position);
        }

        static void Rest(Random random)
        {
            switch (random.Next(50))
            {
                case 0:
                    Thread.Yield();
                    break;
                case < 10:
                    Thread.SpinWait(random.Next(50));
                    break;
                default:
                    break;
            }
        }
    }

    private static string? RunOnce(int seed, RecordRing<Scheduled> ring, Fault fault)
    {
        var random = new Random(~seed);
        Memory claimed = default;
        int left = Messages;
        long written = 0;
        bool published = false;

        bool Write()
        {
            if (claimed.Length == 0)
            {
                claimed = Memory.Of(ring.Claim(random.Next(1, Capacity + 1)));
                if (fault == Fault.PublishedBeforeWritten)
                {
                    ring.Publish();
                }
            }
            else if (claimed.Next < claimed.Length)
            {
                Fill(ref claimed.Take(), written++);
                published = false;
            }
            else if (!published)
            {
                ring.Publish();
                published = true;
                claimed = default;
                left--;
                if (left == 0)
                {
                    ring.Complete();
                }
            }

            return left > 0;
        }

        Memory given = default;
        int giveBack = 0;
        long read = 0;

        bool Read()
        {
            if (given.Length == 0)
            {
                ReadOnlySpan<Record> records = ring.Read();
                if (records.IsEmpty)
                {
                    return false;
                }

                given = Memory.Of(records);
                giveBack = random.Next(1, records.Length + 1);
                if (fault == Fault.ReleasedBeforeRead)
                {
                    ring.Release(giveBack);
                }
            }
            else if (given.Next < giveBack)
            {
                Check(read++, given.Take());
            }
            else
            {
                if (fault != Fault.ReleasedBeforeRead)
                {
                    ring.Release(giveBack);
                }

                given = default;
            }

            return true;
        }

        return RingSchedules.Run(seed, Write, Read) ?? (read == written ? null : $"{read} slots read of {written}");
    }

    private static void Fill(ref Record slot, long position)
    {
        Span<long> words = MemoryMarshal.Cast<Record, long>(MemoryMarshal.CreateSpan(ref slot, 1));
        for (int i = 0; i < Words; i++)
        {
            words[i] = (position * Words) + i;
        }
    }

    private static void Check(long position, in Record slot)
    {
        ReadOnlySpan<long> words = MemoryMarshal.Cast<Record, long>(MemoryMarshal.CreateReadOnlySpan(in slot, 1));
        for (int i = 0; i < Words; i++)
        {
            if (words[i] != (position * Words) + i)
            {
                throw new RingSchedules.WrongContentException($"slot {position}, word {i}: {words[i]}");
            }
        }
    }

    /// <summary>A span of the ring's memory that outlives a call: the ring's slots do not move.</summary>
    private unsafe struct Memory
    {
        private Record* _slots;

        public int Length { get; private init; }

        public int Next { get; private set; }

        public static Memory Of(ReadOnlySpan<Record> records)
        {
            fixed (Record* slots = records)
            {
                return new Memory { _slots = slots, Length = records.Length };
            }
        }

        public ref Record Take() => ref _slots[Next++];
    }

    /// <summary>The protocol again, a slot at a time, with a place for a fault: shows what the schedules find.</summary>
    private sealed class OneSlotRing(Fault fault)
    {
        private readonly Record[] _slots = new Record[Capacity];
        private long _published;
        private long _consumed;
        private long _gate;

        public void Write(long position)
        {
            int capacity = fault == Fault.RoomForOneTooMany ? Capacity + 1 : Capacity;
            if (_published + 1 - _gate > capacity && fault != Fault.GateNotReadAgain)
            {
                _gate = _consumed;
            }

            if (_published + 1 - _gate > capacity)
            {
                throw new RingSchedules.WouldWaitException();
            }

            Fill(ref _slots[_published % Capacity], position);
            _published++;
        }

        public Record Read()
        {
            if (_published == _consumed)
            {
                throw new RingSchedules.WouldWaitException();
            }

            return _slots[_consumed++ % Capacity];
        }
    }
}
