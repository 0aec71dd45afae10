namespace Lob.Fast.Baselines.Faults;

/// <summary>Names of the cases into which a fault falls apart.</summary>
public static class FeedCases
{
    public const string Any = "";
    public const string Best = "the best 25 levels differ";
    public const string Deeper = "only levels further down differ";
    public const string Same = "the book comes out the same";
    public const string Raised = "raised";
    public const string RaisedByOne = "raised by one";
    public const string Lowered = "lowered";
    public const string Equal = "made equal to the one before";
    public const string OrderBroken = "rows no longer sorted";
}
