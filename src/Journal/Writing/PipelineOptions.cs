using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Journal.Writing;

/// <summary>How a <see cref="PipelineHost{TDecoder}"/> is put together.</summary>
public sealed record PipelineOptions
{
    /// <summary>Layout, waiting and cores; by itself the fused one, unpinned.</summary>
    public LayoutPlan Plan { get; init; } = new(Layout.Fused, WaitKind.Yield, [], []);

    /// <summary>Limits of the logic.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Slots of the ring from decode to logic: a power of two, at least 64.</summary>
    public int MessageRingSlots { get; init; } = RecordRing<NamedWaitStrategy>.CapacityDefault;

    /// <summary>Slots of the ring from logic to journal: a power of two, at least 64.</summary>
    public int JournalRingSlots { get; init; } = RecordRing<NamedWaitStrategy>.CapacityDefault;

    /// <summary>Tests clear it: rings as where the system refuses to map memory twice.</summary>
    internal bool MirrorRings { get; init; } = true;
}
