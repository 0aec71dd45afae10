namespace Lob.Fast.VenueSim.Market;

/// <summary>SplitMix64: the same numbers for the same seed on every machine and every runtime. Not for several threads at once.</summary>
internal sealed class Random64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A seed for one part of the exchange, so that parts do not disturb each other's numbers.</summary>
    public static ulong SeedOf(ulong seed, params ReadOnlySpan<string> names)
    {
        var random = new Random64(seed);
        foreach (string name in names)
        {
            foreach (char letter in name)
                random._state = random.Next() ^ letter;

            random._state = random.Next();
        }

        return random.Next();
    }

    public ulong Next()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 … <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)(((UInt128)Next() * (ulong)limit) >> 64);

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Number of failures before a success of 1 / (1 + <paramref name="mean"/>).</summary>
    public int Geometric(double mean) => (int)(Math.Log(1 - Unit()) / Math.Log(mean / (1 + mean)));

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
}
