using System.Globalization;
using Lob.Fast.Cli.Output;
using Lob.Fast.Engine.Pipeline;
using Lob.Fast.Venues;
using Lob.Fast.Venues.Rest;

namespace Lob.Fast.Cli.Live;

/// <summary>What the verbs that ask a venue by REST share.</summary>
internal static class RestVerbs
{
    public static VenueRest Create(FeedOptions options)
    {
        try
        {
            return VenueRest.Create(options, new WallClock());
        }
        catch (FeedException error)
        {
            throw new UserErrorException(error.Message) { ExitCode = ExitCode.Usage };
        }
    }

    /// <summary>Asks, and turns what the venue refuses into one line.</summary>
    public static T Ask<T>(Func<CancellationToken, Task<T>> question)
    {
        using var shutdown = new Shutdown();
        try
        {
            return question(shutdown.Token).GetAwaiter().GetResult();
        }
        catch (FeedException error)
        {
            throw new UserErrorException(error.Message);
        }
        catch (OperationCanceledException)
        {
            throw new UserErrorException("ended before the answer came.");
        }
    }

    /// <summary>A price or quantity of a venue as a number; some write exponents.</summary>
    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
