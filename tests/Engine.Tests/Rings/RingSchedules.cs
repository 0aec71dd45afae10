using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Engine.Tests.Rings;

/// <summary>
/// Runs a writer and a reader step by step on one thread, in an order that comes from a seed. A step makes at most one access to what both sides share, so the orders are all those
/// that two threads could have (what the processor itself reorders is the matter of the models and of the runs with real threads). A side that would wait has not
/// moved: the ring's wait strategy throws, and the step is tried again later. When neither can move, the ring is stuck.
/// </summary>
internal static class RingSchedules
{
    /// <summary>Runs both sides to their ends. Returns what went wrong; null = nothing.</summary>
    /// <param name="seed">Of the order.</param>
    /// <param name="writer">The writer's next step; false = it has ended.</param>
    /// <param name="reader">The reader's next step; false = it has ended.</param>
    public static string? Run(int seed, Func<bool> writer, Func<bool> reader)
    {
        var random = new Random(seed);
        Func<bool>[] sides = [writer, reader];
        bool[] ended = [false, false];
        int stuck = 0;
        while (!(ended[0] && ended[1]))
        {
            // One side alone for a while now and then, so that rings run full and empty.
            int side = random.Next(2);
            int steps = random.Next(4) == 0 ? random.Next(1, 200) : 1;
            for (int i = 0; i < steps && !ended[side]; i++)
            {
                try
                {
                    ended[side] = !sides[side]();
                    stuck = 0;
                }
                catch (WouldWaitException)
                {
                    stuck++;
                    break;
                }
                catch (WrongContentException exception)
                {
                    return exception.Message;
                }
            }

            if (stuck > 100)
            {
                return "neither side can move";
            }
        }

        return null;
    }

    /// <summary>Waiting is for the schedule to decide.</summary>
    internal readonly struct Scheduled : IWaitStrategy
    {
        public void Wait(int attempt) => throw new WouldWaitException();
    }

    internal sealed class WouldWaitException : Exception;

    internal sealed class WrongContentException(string message) : Exception(message);
}
