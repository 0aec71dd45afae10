namespace Lob.Fast.VenueSim.Truth;

/// <summary>Which state of a channel belongs to which number of a connection.</summary>
internal sealed class ConnectionNumbers(int kept)
{
    private readonly Queue<(long Number, long Ordinal)> _numbers = new();

    public void Append(long number, long ordinal)
    {
        if (_numbers.Count == kept) _numbers.Dequeue();
        _numbers.Enqueue((number, ordinal));
    }

    /// <summary>The state after the last message whose number is not above this one; −1 = unknown.</summary>
    public (long Number, long Previous, long Ordinal) Find(long number)
    {
        (long Number, long Previous, long Ordinal) found = (-1, -1, -1);
        foreach ((long at, long ordinal) in _numbers)
        {
            if (at > number) break;

            found = (at, found.Number, ordinal);
        }

        return found;
    }
}
