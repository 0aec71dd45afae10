namespace Lob.Fast.VenueSim.Tests;

public sealed class IndependenceTests
{
    [Fact]
    public void The_local_exchange_shares_no_code_with_the_product()
    {
        IEnumerable<string?> names = typeof(LocalExchangeOptions).Assembly.GetReferencedAssemblies().Select(static name => name.Name);

        Assert.DoesNotContain(names, static name => name!.StartsWith("Lob.Fast", StringComparison.Ordinal));
    }
}
