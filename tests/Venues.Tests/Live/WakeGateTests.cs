using Lob.Fast.Venues.Live;

namespace Lob.Fast.Venues.Tests.Live;

public sealed class WakeGateTests
{
    /// <summary>One item at a time there and back between two threads that both sleep: a signal that got lost would show as a sleep to its end.</summary>
    [Fact]
    public void No_signal_is_lost()
    {
        const int Items = 20_000;
        const int TooLong = 10_000;
        using WakeGate there = new();
        using WakeGate back = new();
        int sent = 0;
        int answered = 0;
        int lost = 0;
        var answering = new Thread(() =>
        {
            for (int item = 1; item <= Items; item++)
            {
                WaitFor(there, ref sent, item);
                Volatile.Write(ref answered, item);
                back.Signal();
            }
        });
        answering.Start();
        for (int item = 1; item <= Items; item++)
        {
            Volatile.Write(ref sent, item);
            there.Signal();
            WaitFor(back, ref answered, item);
        }

        answering.Join();
        Assert.Equal((Items, Items, 0), (sent, answered, lost));

        void WaitFor(WakeGate gate, ref int counter, int item)
        {
            while (Volatile.Read(ref counter) < item)
            {
                gate.Announce();
                if (Volatile.Read(ref counter) >= item)
                {
                    gate.StayAwake();
                }
                else if (!gate.Sleep(TooLong))
                {
                    lost++;
                }
            }
        }
    }

    [Fact]
    public void Nobody_signals_and_the_sleep_ends_by_itself()
    {
        using WakeGate gate = new();
        gate.Announce();
        Assert.False(gate.Sleep(1));
    }
}
