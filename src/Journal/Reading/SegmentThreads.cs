using System.Runtime.ExceptionServices;

namespace Lob.Fast.Journal.Reading;

/// <summary>Every segment stands alone, so as many threads as there are cores read different ones.</summary>
internal static class SegmentThreads
{
    /// <summary>
    /// Calls <paramref name="work"/> once for each number below <paramref name="count"/>, in ascending order but several at a time, the calling thread among those that work.
    /// What one of them throws is thrown here, and no more are begun.
    /// </summary>
    public static void ForEach(int count, Action<int> work)
    {
        int next = -1;
        ExceptionDispatchInfo? failure = null;

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
                    _ = Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                }
            }
        }

        Thread[] others = [.. Enumerable.Range(1, Math.Max(0, Math.Min(count, Environment.ProcessorCount) - 1)).Select(_ => new Thread(Work) { IsBackground = true, Name = "journal read" })];
        Array.ForEach(others, static thread => thread.Start());
        Work();
        Array.ForEach(others, static thread => thread.Join());
        failure?.Throw();
    }
}
