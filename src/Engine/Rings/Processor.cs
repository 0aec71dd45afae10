using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lob.Fast.Engine.Rings;

/// <summary>What a spinning loop says to the processor.</summary>
internal static class Processor
{
    /// <summary>
    /// One pause instruction, 10–20 ns: spares power and the other hyper-thread. <see cref="Thread.SpinWait"/> is made of several, which would be
    /// noticed in a round trip.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pause()
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
