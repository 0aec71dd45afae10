namespace Lob.Fast.Micro.Rings;

/// <summary>One contender's figure in ns, a value a round, apart for rounds whose cores were near each other and those whose were not.</summary>
/// <param name="Group">What it is compared within.</param>
/// <param name="Name">The contender.</param>
internal sealed record Series(string Group, string Name)
{
    public Sample Near { get; } = new();

    public Sample Far { get; } = new();

    public void Add(double ns, bool isNear) => (isNear ? Near : Far).Add(ns);
}
