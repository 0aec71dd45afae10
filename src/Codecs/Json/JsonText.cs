using System.Text;

namespace Lob.Fast.Codecs.Json;

/// <summary>Text of JSON strings with escapes in them. The strings have been validated by a <see cref="JsonScanner"/>. Not for the hot path.</summary>
public static class JsonText
{
    private const int WordBytes = sizeof(ulong);

    /// <summary>
    /// Resolves the escapes of <paramref name="raw"/> into UTF-8. A surrogate without its partner becomes U+FFFD.
    /// </summary>
    /// <returns>Bytes of the text, or −1 when it does not fit <paramref name="target"/>.</returns>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        int written = 0;
        int at = 0;
        while (at < raw.Length)
        {
            Rune rune;
            if (raw[at] != (byte)'\\')
            {
                if (written == target.Length)
                {
                    return -1;
                }

                target[written++] = raw[at++];
                continue;
            }

            at++;
            byte kind = raw[at++];
            if (kind == (byte)'u')
            {
                char unit = ReadUnit(raw, ref at);
                if (char.IsHighSurrogate(unit) && at + 6 <= raw.Length && raw[at] == (byte)'\\' && raw[at + 1] == (byte)'u')
                {
                    int next = at + 2;
                    char low = ReadUnit(raw, ref next);
                    if (Rune.TryCreate(unit, low, out rune))
                    {
                        at = next;
                    }
                    else
                    {
                        rune = Rune.ReplacementChar;
                    }
                }
                else if (!Rune.TryCreate(unit, out rune))
                {
                    rune = Rune.ReplacementChar;
                }
            }
            else
            {
                rune = new Rune(kind switch
                {
                    (byte)'b' => '\b',
                    (byte)'f' => '\f',
                    (byte)'n' => '\n',
                    (byte)'r' => '\r',
                    (byte)'t' => '\t',
                    _ => (char)kind,
                });
            }

            if (!rune.TryEncodeToUtf8(target[written..], out int bytes))
            {
                return -1;
            }

            written += bytes;
        }

        return written;
    }

    /// <summary>Whether <paramref name="raw"/>, its escapes resolved, is <paramref name="text"/>.</summary>
    internal static bool Equal(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text)
    {
        // An escape is never shorter than what it stands for.
        const int ComparedMax = 64;
        if (text.Length > raw.Length || text.Length > ComparedMax)
        {
            return false;
        }

        Span<byte> resolved = stackalloc byte[ComparedMax];
        int length = Unescape(raw, resolved);
        return length >= 0 && text.SequenceEqual(resolved[..length]);
    }

    /// <summary>See <see cref="JsonScanner.KeyWord"/>.</summary>
    internal static ulong Word(ReadOnlySpan<byte> raw, bool escaped)
    {
        if (!escaped)
        {
            return Pack(raw);
        }

        Span<byte> resolved = stackalloc byte[WordBytes];
        int length = Unescape(raw, resolved);
        return length < 0 ? 0 : Pack(resolved[..length]);
    }

    private static ulong Pack(ReadOnlySpan<byte> text)
    {
        if (text.Length > WordBytes || text.Contains((byte)0))
        {
            return 0;
        }

        ulong word = 0;
        for (int index = text.Length - 1; index >= 0; index--)
        {
            word = (word << 8) | text[index];
        }

        return word;
    }

    private static char ReadUnit(ReadOnlySpan<byte> raw, ref int at)
    {
        int unit = 0;
        for (int end = at + 4; at < end; at++)
        {
            int digit = raw[at] <= (byte)'9' ? raw[at] - '0' : (raw[at] | 0x20) - 'a' + 10;
            unit = (unit << 4) | digit;
        }

        return (char)unit;
    }
}
