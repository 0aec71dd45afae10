using System.Runtime.ExceptionServices;

namespace Lob.Fast.Journal.Reading;

/// <summary>Every segment stands alone, so as many threads as there are cores read different ones.</summary>
internal static class SegmentThreads
{
    /// <summary>
    /// Calls <paramref name="work"/> once for each number below <paramref name="count"/>, in ascending order but several at a time, the calling thread among those that work.
    /// Once one of them has thrown no more are begun, and what the one with the lowest number threw is thrown here: the same in every run.
    /// </summary>
    public static void ForEach(int count, Action<int> work)
    {
        int next = -1;
        Failure? failure = null;

        void Work()
        {
            int index;
            while (Volatile.Read(ref failure) == null && (index = Interlocked.Increment(ref next)) < count)
            {
                try
                {
                    work(index);
                }
                catch (Exception exception)
                {
                    Keep(new Failure(index, ExceptionDispatchInfo.Capture(exception)));
                }
            }
        }

        // All with a lower number were begun before and run to their end, so the lowest that fails is always among those that are kept.
        void Keep(Failure found)
        {
            Failure? known = Volatile.Read(ref failure);
            while (known == null || found.Index < known.Index)
            {
                Failure? before = Interlocked.CompareExchange(ref failure, found, known);
                if (before == known)
                {
                    return;
                }

                known = before;
            }
        }

        Thread[] others = [.. Enumerable.Range(1, Math.Max(0, Math.Min(count, Environment.ProcessorCount) - 1)).Select(_ => new Thread(Work) { IsBackground = true, Name = "journal read" })];
        Array.ForEach(others, static thread => thread.Start());
        Work();
        Array.ForEach(others, static thread => thread.Join());
        failure?.Thrown.Throw();
    }

    private sealed record Failure(int Index, ExceptionDispatchInfo Thrown);
}
