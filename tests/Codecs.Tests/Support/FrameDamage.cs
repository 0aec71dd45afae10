using System.Text.Json;
using System.Text.Unicode;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Support;

/// <summary>Damages the bytes of frames, and says by the platform's own reader what became of them.</summary>
internal static class FrameDamage
{
    /// <summary>How many bytes a damaged frame may be longer.</summary>
    public const int GrowthMax = 2;

    private static readonly byte[] Telling = [.. "\"\"\\{}[],:.0123456789-+eEtfnu \r\n\t"u8, 0, 0x1F, 0x7F, 0x80, 0xC3, 0xFF];

    /// <summary>One or two damages: a byte replaced, a bit flipped, a byte inserted or deleted, two bytes swapped.</summary>
    /// <param name="random">Where and how.</param>
    /// <param name="original">The frame, which is left as it is.</param>
    /// <param name="target">Room for <see cref="GrowthMax"/> bytes more than the frame has; the result stands in it.</param>
    public static ReadOnlySpan<byte> Mutate(Random random, byte[] original, byte[] target)
    {
        original.CopyTo(target, 0);
        int length = original.Length;
        for (int count = random.Next(1, 3); count > 0; count--)
        {
            int at = random.Next(length);
            byte value = random.Next(4) == 0 ? (byte)random.Next(256) : Telling[random.Next(Telling.Length)];
            switch (random.Next(5))
            {
                case 0:
                    target[at] = value;
                    break;
                case 1:
                    target[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    target.AsSpan(at, length - at).CopyTo(target.AsSpan(at + 1));
                    target[at] = value;
                    length++;
                    break;
                case 3:
                    target.AsSpan(at + 1, length - at - 1).CopyTo(target.AsSpan(at));
                    length--;
                    break;
                default:
                    (target[at], target[length - 1 - at]) = (target[length - 1 - at], target[at]);
                    break;
            }
        }

        return target.AsSpan(0, length);
    }

    /// <summary>Whether the platform's reader finds JSON.</summary>
    public static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Utf8JsonReader reader = new(bytes);
            while (reader.Read())
            {
            }

            // The reader does not look at the bytes of strings nobody asks for.
            return Utf8.IsValid(bytes);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What is no JSON is rejected; what is may still be rejected, but not as if it were none.</summary>
    public static bool Agrees(in DecodeResult result, bool isJson) => isJson
        ? result.Reason is not (RejectReason.Syntax or RejectReason.Truncated or RejectReason.TrailingGarbage or RejectReason.NotUtf8 or RejectReason.TooDeep
            or RejectReason.Empty)
        : result.Outcome == DecodeOutcome.Rejected;
}
