namespace Lob.Fast.Micro.Rings;

/// <summary>Values of several rounds.</summary>
internal sealed class Sample
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Median => Share(0.5);

    public double Best => _values.Min();

    /// <summary>Between the quartiles, as a share of the median.</summary>
    public double Spread => (Share(0.75) - Share(0.25)) / Median;

    public void Add(double value) => _values.Add(value);

    private double Share(double share)
    {
        double[] sorted = [.. _values.Order()];
        return sorted[(int)Math.Round((sorted.Length - 1) * share)];
    }
}
