using Lob.Fast.Engine.Rings;

namespace Lob.Fast.Engine.Threads;

/// <summary>A layout, how its threads wait, and where they run.</summary>
/// <param name="Layout">The layout.</param>
/// <param name="Wait">How its threads wait for each other.</param>
/// <param name="Cores">A core for each thread, in the order of <see cref="ThreadNames"/>; empty = the system places them.</param>
/// <param name="Notes">What was not done as asked, and why, a line each.</param>
public sealed record LayoutPlan(Layout Layout, WaitKind Wait, IReadOnlyList<int> Cores, IReadOnlyList<string> Notes)
{
    /// <summary>From so many usable cores each stage has its own, beside the one that reads.</summary>
    public const int SplitCoresMin = 4;

    /// <summary>The threads that move data in a layout, along its path; the first reads frames.</summary>
    public static IReadOnlyList<string> ThreadNames(Layout layout) =>
        layout == Layout.Split ? ["reader", "decode", "logic", "journal"] : ["reader", "engine"];

    /// <summary>Decides for this process: by the cores it may use, and by how many of them it may keep busy at once where a container has a quota.</summary>
    /// <inheritdoc cref="Choose(Layout?, WaitKind, IReadOnlyList{int}?, IReadOnlyList{int}, int)"/>
    public static LayoutPlan Choose(Layout? layout, WaitKind wait, IReadOnlyList<int>? pin) =>
        Choose(layout, wait, pin, CoreAffinity.Usable(), Environment.ProcessorCount);

    /// <summary>Decides what was left open, and what cannot be.</summary>
    /// <param name="layout">What was asked for; null = by the cores.</param>
    /// <param name="wait">How threads wait.</param>
    /// <param name="pin">Null = nowhere; empty = one core each, the last ones; else the cores, one for each of <see cref="ThreadNames"/>.</param>
    /// <param name="usable">Cores that may be used: <see cref="CoreAffinity.Usable"/>.</param>
    /// <param name="atOnce">How many of them may be busy at once; a quota of processor time may allow fewer than there are.</param>
    /// <exception cref="ArgumentException">The cores to pin to are not usable, or not as many as there are threads.</exception>
    public static LayoutPlan Choose(Layout? layout, WaitKind wait, IReadOnlyList<int>? pin, IReadOnlyList<int> usable, int atOnce = int.MaxValue)
    {
        int cores = Math.Min(usable.Count, atOnce);
        Layout chosen = layout ?? (cores >= SplitCoresMin ? Layout.Split : Layout.Fused);
        IReadOnlyList<string> threads = ThreadNames(chosen);
        var notes = new List<string>();
        int spinning = pin is { Count: > 0 } ? Math.Min(cores, pin.Distinct().Count()) : cores;
        if (wait == WaitKind.Spin && threads.Count > spinning)
        {
            wait = WaitKind.Yield;
            notes.Add($"{threads.Count} threads would spin on {spinning} usable cores, each in the way of the one it waits for: they yield instead");
        }

        IReadOnlyList<int> places = [];
        if (pin is { Count: 0 } && threads.Count > usable.Count)
        {
            notes.Add($"{threads.Count} threads are not pinned to {usable.Count} usable cores: the system places them");
        }
        else if (pin is { Count: 0 })
        {
            // The first core is the one that most systems give their interrupts to.
            places = [.. usable.Skip(usable.Count - threads.Count)];
        }
        else if (pin != null)
        {
            places = pin;
            if (pin.Count != threads.Count)
            {
                throw new ArgumentException($"{pin.Count} cores are named for {threads.Count} threads ({string.Join(", ", threads)}); name one for each, in this order");
            }

            if (pin.Except(usable).ToArray() is { Length: > 0 } others)
            {
                throw new ArgumentException($"core {string.Join(", ", others)} cannot be used by this process; usable are {string.Join(", ", usable)}");
            }
        }

        return new LayoutPlan(chosen, wait, places, notes);
    }

    /// <summary>The core of a thread; null = the system places it.</summary>
    public int? CoreOf(string thread)
    {
        for (int i = 0; i < Cores.Count; i++)
        {
            if (ThreadNames(Layout)[i] == thread)
            {
                return Cores[i];
            }
        }

        return null;
    }
}
