using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lob.Fast.Engine.Rings;

/// <summary>What a spinning loop says to the processor.</summary>
internal static class Processor
{
    /// <summary>
    /// Pauses of the first attempt: together less than the other core needs to answer, so nothing is lost, and the writer is left alone with its line for that
    /// long, which makes publishing items one by one much faster. More would make round trips slower.
    /// </summary>
    private const int FirstPauses = 4;

    /// <summary>
    /// What a waiting loop does between two looks. Pause instructions spare power and the other hyper-thread; <see cref="Thread.SpinWait"/> is made of many, which a round
    /// trip would show.
    /// </summary>
    /// <param name="attempt">Looks in vain so far.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Relax(int attempt)
    {
        for (int pauses = attempt == 0 ? FirstPauses : 1; pauses > 0; pauses--)
        {
            Pause();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pause()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else if (ArmBase.IsSupported)
        {
            ArmBase.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }
}
