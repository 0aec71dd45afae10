using System.Runtime.CompilerServices;
using System.Text;
using Lob.Fast.Codecs.Json;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Codecs.Tests.Json;

/// <summary>The grammar, case by case, with the reason and the byte of each fault.</summary>
public class JsonScannerTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData(" { \"a\" : [ 1 , 2 , { } ] } \r")]
    [InlineData("{\"a\":1}\r\n")]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-1.5e+10")]
    [InlineData("1E5")]
    [InlineData("9223372036854775807")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("true")]
    [InlineData("\"\\u00e9\\n\\/\\\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"äöü€𝄞\"")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"\":null}")]
    public void Accepts(string text) => Assert.True(JsonScanner.IsValid(Encoding.UTF8.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("", RejectReason.Empty, 0)]
    [InlineData(" \t\r\n", RejectReason.Empty, 4)]
    [InlineData("{", RejectReason.Truncated, 1)]
    [InlineData("[1,", RejectReason.Truncated, 3)]
    [InlineData("{\"a\"", RejectReason.Truncated, 4)]
    [InlineData("{\"a\":", RejectReason.Truncated, 5)]
    [InlineData("{\"a\":\"x", RejectReason.Truncated, 7)]
    [InlineData("{\"a\":tr", RejectReason.Truncated, 7)]
    [InlineData("{\"a\":-", RejectReason.Truncated, 6)]
    [InlineData("-", RejectReason.Truncated, 1)]
    [InlineData("{\"a\":1.", RejectReason.Truncated, 7)]
    [InlineData("{\"a\":1e", RejectReason.Truncated, 7)]
    [InlineData("\"\\", RejectReason.Truncated, 2)]
    [InlineData("\"\\u12", RejectReason.Truncated, 5)]
    [InlineData("{\"a\":01}", RejectReason.Syntax, 6)]
    [InlineData("{\"a\":-01}", RejectReason.Syntax, 7)]
    [InlineData("{\"a\":00000000000000001}", RejectReason.Syntax, 6)]
    [InlineData("{\"a\":+1}", RejectReason.Syntax, 5)]
    [InlineData("{\"a\":--1}", RejectReason.Syntax, 6)]
    [InlineData("{\"a\":1.}", RejectReason.Syntax, 7)]
    [InlineData("{\"a\":.5}", RejectReason.Syntax, 5)]
    [InlineData("{\"a\":1.2.3}", RejectReason.Syntax, 8)]
    [InlineData("{\"a\":1e}", RejectReason.Syntax, 7)]
    [InlineData("{\"a\":1e+}", RejectReason.Syntax, 8)]
    [InlineData("{\"a\":1x}", RejectReason.Syntax, 6)]
    [InlineData("{\"a\":NaN}", RejectReason.Syntax, 5)]
    [InlineData("{\"a\":nul}", RejectReason.Syntax, 8)]
    [InlineData("{\"a\":trux}", RejectReason.Syntax, 8)]
    [InlineData("{\"a\":truex}", RejectReason.Syntax, 9)]
    [InlineData("{\"a\":1\0}", RejectReason.Syntax, 6)]
    [InlineData("{\"a\":12345678\0}", RejectReason.Syntax, 13)]
    [InlineData("{\"a\":[}", RejectReason.Syntax, 6)]
    [InlineData("{\"a\":[1}", RejectReason.Syntax, 7)]
    [InlineData("{\"a\":[1 2]}", RejectReason.Syntax, 8)]
    [InlineData("{\"a\":[,]}", RejectReason.Syntax, 6)]
    [InlineData("{\"a\":[1,]}", RejectReason.Syntax, 8)]
    [InlineData("{\"a\":1,}", RejectReason.Syntax, 7)]
    [InlineData("{,}", RejectReason.Syntax, 1)]
    [InlineData("{\"a\" 1}", RejectReason.Syntax, 5)]
    [InlineData("{\"a\"::1}", RejectReason.Syntax, 5)]
    [InlineData("{a:1}", RejectReason.Syntax, 1)]
    [InlineData("{1:1}", RejectReason.Syntax, 1)]
    [InlineData("{\"a\":'x'}", RejectReason.Syntax, 5)]
    [InlineData("\"\\x\"", RejectReason.Syntax, 2)]
    [InlineData("\"\\u12g4\"", RejectReason.Syntax, 5)]
    [InlineData("\"a\nb\"", RejectReason.Syntax, 2)]
    [InlineData("\"a\0b\"", RejectReason.Syntax, 2)]
    [InlineData("\"12345678\t\"", RejectReason.Syntax, 9)]
    [InlineData("{\"a\":1}}", RejectReason.TrailingGarbage, 7)]
    [InlineData("{\"a\":1} x", RejectReason.TrailingGarbage, 8)]
    [InlineData("{}\0", RejectReason.TrailingGarbage, 2)]
    [InlineData("{}\u00A0", RejectReason.TrailingGarbage, 2)]
    [InlineData("1 2", RejectReason.TrailingGarbage, 2)]
    [InlineData("\uFEFF{}", RejectReason.Syntax, 0)]
    public void Rejects_naming_reason_and_byte(string text, RejectReason reason, int faultByte)
    {
        Assert.False(JsonScanner.IsValid(Encoding.UTF8.GetBytes(text), out RejectReason found, out int at));
        Assert.Equal((reason, faultByte), (found, at));
    }

    [Theory]
    [InlineData(new byte[] { 0x80 }, 0)]
    [InlineData(new byte[] { 0xC3 }, 0)]
    [InlineData(new byte[] { 0xC0, 0xAF }, 0)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0)]
    [InlineData(new byte[] { 0x41, 0xC3, 0xA9, 0xFF }, 3)]
    public void Rejects_invalid_utf8_in_strings_nobody_reads(byte[] bytes, int faultInBytes)
    {
        byte[] frame = [.. "{\"a\":[\""u8, .. bytes, .. "\"]}"u8];
        Assert.False(JsonScanner.IsValid(frame, out RejectReason reason, out int at));
        Assert.Equal((RejectReason.NotUtf8, 7 + faultInBytes), (reason, at));
    }

    [Fact]
    public void Nesting_is_allowed_up_to_the_limit_and_not_beyond()
    {
        foreach ((char open, string inner, char close) in (ReadOnlySpan<(char, string, char)>)[('[', "", ']'), ('{', "\"k\":", '}')])
        {
            static string Nest(int depth, char open, string inner, char close) =>
                string.Concat(Enumerable.Repeat(open + inner, depth - 1)) + open + close + new string(close, depth - 1);

            Assert.True(JsonScanner.IsValid(Encoding.UTF8.GetBytes(Nest(JsonScanner.DepthMax, open, inner, close)), out _, out _));
            Assert.False(JsonScanner.IsValid(Encoding.UTF8.GetBytes(Nest(JsonScanner.DepthMax + 1, open, inner, close)), out RejectReason reason, out int at));
            Assert.Equal((RejectReason.TooDeep, JsonScanner.DepthMax * (1 + inner.Length)), (reason, at));
        }
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("7", 7)]
    [InlineData("-42", -42)]
    [InlineData("12345678", 12345678)]
    [InlineData("123456789", 123456789)]
    [InlineData("1723161257440", 1723161257440)]
    [InlineData("1234567890123456", 1234567890123456)]
    [InlineData("12345678901234567", 12345678901234567)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void Reads_integers(string text, long expected)
    {
        // In a short frame and in one with room behind the number: two ways through the scanner.
        foreach (string frame in new[] { text, text + new string(' ', 40) })
        {
            JsonScanner scanner = new(Encoding.UTF8.GetBytes(frame));
            JsonValue value = default;
            Assert.True(scanner.ReadValue(ref value));
            Assert.Equal((JsonToken.Number, JsonNumberForm.Integer, expected, text.Length), (value.Token, value.Form, value.Integer, value.Length));
        }
    }

    /// <summary>
    /// In fully optimised code at once: on a processor without BMI1 the runtime's count of zero bits compared with 0 is wrong in optimised code only
    /// (https://github.com/dotnet/runtime/issues/133783).
    /// </summary>
    [Fact]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void An_integer_without_digits_is_none()
    {
        foreach (string text in new[] { ",", "}", "]", "-1,", "01,", " 1," })
        {
            JsonScanner scanner = new(Encoding.UTF8.GetBytes(text + new string(' ', 40)));
            JsonValue value = default;
            Assert.False(scanner.TryReadInteger(ref value), text);
        }
    }

    [Theory]
    [InlineData("9223372036854775808", JsonNumberForm.Huge)]
    [InlineData("-9223372036854775809", JsonNumberForm.Huge)]
    [InlineData("92233720368547758070", JsonNumberForm.Huge)]
    [InlineData("18446744073709551617", JsonNumberForm.Huge)]
    [InlineData("1.0", JsonNumberForm.Real)]
    [InlineData("1e3", JsonNumberForm.Real)]
    public void Tells_what_is_no_integer(string text, JsonNumberForm form)
    {
        JsonScanner scanner = new(Encoding.UTF8.GetBytes(text + new string(' ', 40)));
        JsonValue value = default;
        Assert.True(scanner.ReadValue(ref value));
        Assert.Equal(form, value.Form);
    }

    [Theory]
    [InlineData("e", "e", true)]
    [InlineData("\\u0065", "e", true)]
    [InlineData("e\\u0000", "e", false)]
    [InlineData("lastUpdate\\u0049d", "lastUpdateId", true)]
    [InlineData("E", "e", false)]
    [InlineData("abcdefgh", "abcdefgh", true)]
    [InlineData("abcdefghi", "abcdefghi", true)]
    [InlineData("", "", true)]
    public void Keys_are_compared_with_their_escapes_resolved(string key, string text, bool equal)
    {
        JsonScanner scanner = new(Encoding.UTF8.GetBytes($"{{\"{key}\":1,\"padding\":\"0123456789abcdef\"}}"));
        Assert.True(scanner.EnterObject());
        Assert.True(scanner.NextMember());
        Assert.Equal(equal, scanner.KeyIs(Encoding.UTF8.GetBytes(text)));
        ulong word = 0;
        foreach (byte letter in Encoding.UTF8.GetBytes(text).Reverse())
        {
            word = (word << 8) | letter;
        }

        if (text.Length is > 0 and <= 8)
        {
            Assert.Equal(equal, scanner.KeyWord == word);
        }
    }

    [Fact]
    public void The_first_fault_stays_and_everything_after_it_fails()
    {
        JsonScanner scanner = new("{\"a\":x,\"b\":1}"u8);
        JsonValue value = default;
        Assert.True(scanner.EnterObject());
        Assert.True(scanner.NextMember());
        Assert.False(scanner.ReadValue(ref value));
        Assert.False(scanner.NextMember());
        Assert.False(scanner.SkipValue());
        Assert.False(scanner.End());
        Assert.Equal((RejectReason.Syntax, 5), (scanner.Reason, scanner.FaultByte));
    }
}
