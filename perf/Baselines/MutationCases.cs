namespace Lob.Fast.Baselines;

/// <summary>Names of the cases into which a fault falls apart.</summary>
public static class MutationCases
{
    public const string Any = "";
    public const string AboveLast = "U raised above u";
    public const string FirstRaised = "U raised, not above u";
    public const string FirstLowered = "U lowered";
    public const string FirstElse = "U not above u";
    public const string LastBelowFirst = "u lowered below U";
    public const string LastLowered = "u lowered, not below U";
    public const string LastRaisedLittle = "u raised, still below the next u";
    public const string LastRaisedFar = "u raised to the next u or above";
    public const string LastElse = "u not below U";
    public const string OrderBroken = "rows no longer sorted";
    public const string OrderKept = "rows still sorted";
    public const string SameDeltasUsed = "the same deltas are used";
    public const string MoreDeltasUsed = "lowered, and still joins the buffer";
    public const string BeforeBuffer = "lowered below what the buffer joins";
    public const string DeltasSkipped = "raised, so that deltas are dropped that it does not hold";
    public const string BeyondRecording = "raised above everything that comes";
    public const string IdOfDelta = "the ticker's id is that of an applied delta";
    public const string IdOfNoDelta = "no applied delta has the ticker's id";
}
