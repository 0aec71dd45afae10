using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Json;

/// <summary>Every width of LevelRows reads the same rows, finds the same faults, and reads no byte behind the frame.</summary>
public sealed class LevelRowsTests
{
    private static readonly string[] Numbers =
    [
        "61837.63000000", "0.40163000", "0.00000000", "61800.20", "2.507", "0", "392", "0.01731", "1096926", "9999999.99999999", "150237642.00000000",
        "1234567890123456", "12345678901234567", "0.00006547", "5000.0", "33000.00000000", "00", "01.5", "1.", ".5", "-1", "1e5", "1.2.3", "", "0.123456789", "7",
    ];

    [Fact]
    public void All_widths_read_alike()
    {
        Random random = new(20260719);
        using GuardedBytes memory = new();
        int good = 0;
        int levels = 0;
        for (int round = 0; round < 60_000; round++)
        {
            byte[] frame = Encoding.ASCII.GetBytes(RandomRows(random));
            Damage(random, ref frame);
            LevelRowsState state = new()
            {
                PriceScale = new DecimalScale(random.Next(9)),
                QuantityScale = new DecimalScale(random.Next(9)),
                LastPrice = -1,
                Order = (RowOrder)random.Next(3),
                Header = new RecordHeader { Kind = RecordKind.LevelSet, StreamId = 7, Code = 1, ReceivedAtNs = 1, VenueTimeNs = 2 },
            };
            ReadOnlySpan<byte> guarded = memory.AtEnd(frame);
            Outcome expected = Read<NoWidth>(guarded, state);
            Assert.Equal(expected, Read<RowWidthSwar>(guarded, state));
            if (RowWidth256.IsSupported)
            {
                Assert.Equal(expected, Read<RowWidth256>(guarded, state));
            }

            if (RowWidth512.IsSupported)
            {
                Assert.Equal(expected, Read<RowWidth512>(guarded, state));
            }

            good += expected.Good ? 1 : 0;
            levels += expected.Levels;
        }

        Assert.InRange(good, 10_000, 50_000);
        Assert.InRange(levels, 100_000, int.MaxValue);
    }

    [Theory]
    [InlineData("""["61837.63000000","0.40163000"]""")]
    [InlineData("""["9999999.99999999","9999999.99999999"]""")]
    [InlineData("""["61794.1","392"]""")]
    [InlineData("""["7","0"]""")]
    public void The_usual_rows_take_the_path_of_their_own(string row)
    {
        byte[] rows = [.. Encoding.ASCII.GetBytes(row), .. new byte[100]];
        Assert.Equal(row.Length, Taken<RowWidthSwar>(rows));
        Assert.True(!RowWidth256.IsSupported || Taken<RowWidth256>(rows) == row.Length);
        Assert.True(!RowWidth512.IsSupported || Taken<RowWidth512>(rows) == row.Length);
    }

    private static int Taken<TWidth>(byte[] rows) where TWidth : struct, IRowWidth
    {
        using RecordBuffer batch = new();
        LevelRowsState state = new() { PriceScale = new DecimalScale(8), QuantityScale = new DecimalScale(8), LastPrice = -1 };
        return LevelRows.ReadFastRows<TWidth>(ref rows[0], rows.Length, ref state, batch);
    }

    private static Outcome Read<TWidth>(ReadOnlySpan<byte> frame, LevelRowsState state) where TWidth : struct, IRowWidth
    {
        using RecordBuffer batch = new();
        JsonScanner scanner = new(frame);
        bool read = LevelRows.Read<TWidth>(ref scanner, ref state, batch);
        bool good = read && scanner.End();

        // What was read at too few decimals is worth nothing, but for how many are needed.
        bool exact = state.Need.IsNone;
        return new Outcome(read, good, scanner.Reason, scanner.FaultByte, scanner.Position, batch.Count, exact ? Convert.ToHexString(MemoryMarshal.AsBytes(batch.Records)) : "",
            exact ? state.PricesMet : 0, exact ? state.QuantitiesMet : 0, exact ? state.LastPrice : 0, state.Need);
    }

    private static string RandomRows(Random random)
    {
        StringBuilder text = new("[");
        int rows = random.Next(12);
        int usual = random.Next(4);
        for (int row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "" : random.Next(200) == 0 ? " , " : ",")
                .Append('[').Append(Number(random, usual)).Append(random.Next(200) == 0 ? " ," : ",").Append(Number(random, usual))
                .Append(random.Next(100) == 0 ? ",\"more\"" : "").Append(']');
        }

        return text.Append(']').ToString();
    }

    private static string Number(Random random, int usual)
    {
        string text = random.Next(60) switch
        {
            0 => Numbers[random.Next(Numbers.Length)],
            1 => RandomDecimal.Next(random),
            _ => usual switch
            {
                0 => $"{random.Next(1, 100_000)}.{random.Next(10, 99)}",
                1 => $"{random.Next(1, 100_000)}.{random.Next(10, 99)}000000",
                2 => $"{random.Next(1, 10_000)}",
                _ => $"0.{random.Next(100, 999)}",
            },
        };
        return $"\"{text}\"";
    }

    private static void Damage(Random random, ref byte[] frame)
    {
        switch (random.Next(6))
        {
            case 0:
                frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                frame = frame[..random.Next(1, frame.Length + 1)];
                break;
            case 2:
                frame[random.Next(frame.Length)] = (byte)"[]\",.0 \\{-\0\u00FF"[random.Next(12)];
                break;
        }
    }

    private readonly record struct Outcome(bool Read, bool Good, RejectReason Reason, int FaultByte, int Position, int Levels, string Records,
        long PricesMet, long QuantitiesMet, long LastPrice, DecimalsNeeded Need);

    // No row has the usual form: everything is read as any row that JSON allows.
    private readonly struct NoWidth : IRowWidth
    {
        public static bool IsSupported => true;

        public static void Look(ref byte bytes, out RowMasks masks) => masks = default;

        public static bool TryRead(ref byte text, int whole, int length, in DecimalScale scale, Vector128<sbyte> places, out long value)
        {
            value = 0;
            return false;
        }
    }
}
