using Lob.Fast.Engine.Rings;
using Lob.Fast.Engine.Threads;

namespace Lob.Fast.Engine.Tests.Threads;

public class LayoutPlanTests
{
    [Theory]
    [InlineData(1, Layout.Fused)]
    [InlineData(3, Layout.Fused)]
    [InlineData(4, Layout.Split)]
    [InlineData(64, Layout.Split)]
    public void The_cores_decide_where_nobody_does(int cores, Layout expected) =>
        Assert.Equal(expected, LayoutPlan.Choose(null, WaitKind.Yield, null, Cores(cores)).Layout);

    [Theory]
    [InlineData(Layout.Split, 2, WaitKind.Yield)]
    [InlineData(Layout.Split, 4, WaitKind.Spin)]
    [InlineData(Layout.Fused, 1, WaitKind.Yield)]
    [InlineData(Layout.Fused, 2, WaitKind.Spin)]
    public void More_spinning_threads_than_cores_yield_instead_and_say_so(Layout layout, int cores, WaitKind expected)
    {
        LayoutPlan plan = LayoutPlan.Choose(layout, WaitKind.Spin, null, Cores(cores));
        Assert.Equal((layout, expected), (plan.Layout, plan.Wait));
        Assert.Equal(expected == WaitKind.Spin ? 0 : 1, plan.Notes.Count);
        Assert.All(plan.Notes, note => Assert.Contains($"on {cores} usable cores", note));
    }

    [Fact]
    public void A_quota_counts_like_missing_cores()
    {
        LayoutPlan plan = LayoutPlan.Choose(null, WaitKind.Spin, null, Cores(64), atOnce: 1);
        Assert.Equal((Layout.Fused, WaitKind.Yield), (plan.Layout, plan.Wait));
        Assert.Single(plan.Notes);
    }

    [Fact]
    public void Threads_on_the_same_core_do_not_spin()
    {
        LayoutPlan plan = LayoutPlan.Choose(Layout.Split, WaitKind.Spin, [1, 2, 3, 3], Cores(4));
        Assert.Equal(WaitKind.Yield, plan.Wait);
        Assert.Equal([1, 2, 3, 3], plan.Cores);
        Assert.Single(plan.Notes);
    }

    [Fact]
    public void A_thread_that_does_not_spin_waits_as_asked() =>
        Assert.Equal(WaitKind.Park, LayoutPlan.Choose(Layout.Split, WaitKind.Park, null, Cores(1)).Wait);

    [Fact]
    public void Automatic_pinning_takes_the_last_cores_and_leaves_the_first()
    {
        LayoutPlan plan = LayoutPlan.Choose(Layout.Split, WaitKind.Yield, [], [0, 2, 4, 6, 8]);
        Assert.Equal([2, 4, 6, 8], plan.Cores);
        Assert.Equal((2, 8, null), (plan.CoreOf("reader"), plan.CoreOf("journal"), plan.CoreOf("engine")));
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public void Automatic_pinning_is_left_where_cores_are_few()
    {
        LayoutPlan plan = LayoutPlan.Choose(Layout.Split, WaitKind.Yield, [], Cores(2));
        Assert.Empty(plan.Cores);
        Assert.Single(plan.Notes);
        Assert.Null(plan.CoreOf("logic"));
    }

    [Fact]
    public void Named_cores_are_those_of_the_threads_in_their_order()
    {
        LayoutPlan plan = LayoutPlan.Choose(Layout.Fused, WaitKind.Spin, [1, 0], Cores(2));
        Assert.Equal((1, 0), (plan.CoreOf("reader"), plan.CoreOf("engine")));
    }

    [Theory]
    [InlineData(new[] { 1 }, "1 cores are named for 2 threads")]
    [InlineData(new[] { 0, 1, 1 }, "3 cores are named for 2 threads")]
    [InlineData(new[] { 0, 7 }, "core 7 cannot be used")]
    public void Cores_that_cannot_be_are_refused(int[] cores, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => LayoutPlan.Choose(Layout.Fused, WaitKind.Yield, cores, Cores(2))).Message);

    [Fact]
    public void Names_go_there_and_back()
    {
        Assert.All(WaitNames.All, static name => Assert.True(WaitNames.TryParse(name, out WaitKind wait) && wait.ToName() == name));
        Assert.All(LayoutNames.All, static name => Assert.True(LayoutNames.TryParse(name, out Layout? layout) && (layout?.ToName() ?? LayoutNames.Auto) == name));
        Assert.False(WaitNames.TryParse("sleep", out _));
        Assert.False(LayoutNames.TryParse("Split", out _));
    }

    private static int[] Cores(int count) => [.. Enumerable.Range(0, count)];
}
