using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Codecs.Tests.Binance;
using Lob.Fast.Codecs.Tests.Support;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Json;

// Wide loads stay inside the frame, and what stands around it changes nothing.
public sealed class FrameBordersTests
{
    [Fact]
    public void A_frame_and_all_its_beginnings_are_judged_alike_wherever_they_stand()
    {
        using GuardedBytes memory = new();
        foreach (string text in new[] { SampleFrames.FuturesDepth, SampleFrames.SpotTicker, SampleFrames.SpotCandle, SampleFrames.FuturesTrade, "[1,22,\"a\"]", "7", "\"é\"" })
        {
            byte[] whole = Encoding.UTF8.GetBytes(text);
            for (int length = 0; length <= whole.Length; length++)
            {
                // Behind the frame stands what would go on well.
                bool valid = JsonScanner.IsValid(whole.AsSpan(0, length), out RejectReason reason, out int faultByte);
                bool validAtEnd = JsonScanner.IsValid(memory.AtEnd(whole.AsSpan(0, length)), out RejectReason reasonAtEnd, out int faultByteAtEnd);
                bool validAtStart = JsonScanner.IsValid(memory.AtStart(whole.AsSpan(0, length)), out RejectReason reasonAtStart, out int faultByteAtStart);
                Assert.Equal((valid, reason, faultByte), (validAtEnd, reasonAtEnd, faultByteAtEnd));
                Assert.Equal((valid, reason, faultByte), (validAtStart, reasonAtStart, faultByteAtStart));
                Assert.Equal(length == whole.Length, valid);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    public void Integers_of_all_lengths_are_read_at_every_distance_from_the_end(int behind)
    {
        using GuardedBytes memory = new();
        for (int digits = 1; digits <= 19; digits++)
        {
            long number = long.Parse("9123456789012345678"[..digits], System.Globalization.CultureInfo.InvariantCulture);
            byte[] frame = Encoding.ASCII.GetBytes($"{{\"a\":{number}{new string(' ', behind)}}}");
            JsonScanner scanner = new(memory.AtEnd(frame));
            JsonValue value = default;
            Assert.True(scanner.EnterObject() && scanner.NextMember() && scanner.ReadValue(ref value) && !scanner.NextMember() && scanner.End());
            Assert.Equal((JsonToken.Number, JsonNumberForm.Integer, number, 5, digits), (value.Token, value.Form, value.Integer, value.Start, value.Length));
        }
    }

    [Fact]
    public void Keys_and_texts_of_all_lengths_are_read_at_every_distance_from_the_end()
    {
        using GuardedBytes memory = new();
        for (int length = 1; length < 40; length++)
        {
            for (int value = 0; value < 40; value++)
            {
                string name = new('k', length);
                byte[] frame = Encoding.ASCII.GetBytes($"{{\"{name}\":\"{new string('v', value)}\"}}");
                JsonScanner scanner = new(memory.AtEnd(frame));
                JsonValue text = default;
                Assert.True(scanner.EnterObject() && scanner.NextMember() && scanner.KeyIs(Encoding.ASCII.GetBytes(name)));
                Assert.Equal(length <= 8 ? 0x6B6B6B6B6B6B6B6BUL >> (64 - (8 * length)) : 0, scanner.KeyWord);
                Assert.True(scanner.ReadValue(ref text) && !scanner.NextMember() && scanner.End());
                Assert.Equal((JsonToken.String, length + 5, value, false), (text.Token, text.Start, text.Length, text.Escaped));
            }
        }
    }
}
