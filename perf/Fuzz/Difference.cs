using Lob.Fast.Baselines;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Fuzz;

/// <summary>A frame that engine and schema judged differently, or after which the engine was not as it should be.</summary>
/// <param name="Venue">Whose frame.</param>
/// <param name="Mutation">What was done to it.</param>
/// <param name="Engine">Verdict of the engine: <c>accept</c>, <c>other</c>, or <c>reject</c> with its reason.</param>
/// <param name="Schema">Verdict of the schema.</param>
/// <param name="Detail">The schema's objection, or what the engine did wrong.</param>
/// <param name="Frame">The frame.</param>
public sealed record Difference(Venue Venue, FrameMutation Mutation, string Engine, string Schema, string Detail, byte[] Frame)
{
    /// <summary>What the engine's verdict is called where it left a trace of a rejected frame, or threw.</summary>
    public const string Fault = "fault";
}
