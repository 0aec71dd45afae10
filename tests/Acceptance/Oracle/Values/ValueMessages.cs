using Lob.Fast.Baselines.Values;

namespace Lob.Fast.Acceptance.Oracle.Values;

/// <summary>Lists of values in one order, so that two of them can be compared.</summary>
internal static class ValueMessages
{
    /// <summary>
    /// Adds the head of a message, unless the message before has the very same one: the engine begins a message anew where the origin of trades changes, or for each
    /// item of a list.
    /// </summary>
    public static void Add(List<FrameValue> values, List<string> symbols, FrameValue message, FrameValue times, string symbol)
    {
        int last = values.FindLastIndex(static value => value.Kind == FrameValueKind.Message);
        if (last >= 0 && symbols[^1] == symbol && Same(values[last], message) && Same(values[last + 1], times)
            && values[^1].Kind != FrameValueKind.Level)
        {
            return;
        }

        values.Add(message);
        values.Add(times);
        symbols.Add(symbol);
    }

    /// <summary>Every field of both is the same.</summary>
    public static bool Same(in FrameValue left, in FrameValue right) =>
        (left.Kind, left.Code, left.Length, left.Place, left.First, left.Second, left.Third)
        == (right.Kind, right.Code, right.Length, right.Place, right.First, right.Second, right.Third);

    /// <summary>In words.</summary>
    public static string Text(in FrameValue value) =>
        $"{value.Kind} {value.Code} {value.Length} {value.Place} {value.First} {value.Second} {value.Third}";
}
