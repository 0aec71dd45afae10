using Lob.Fast.Engine.Records;

namespace Lob.Fast.Micro.Rings;

/// <summary>What each stage of a graph does with an item.</summary>
internal interface IStageWork
{
    /// <summary>Changes the item in place; its number grows by one.</summary>
    void Apply(ref Record item);
}
