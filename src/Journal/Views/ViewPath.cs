using System.Globalization;
using System.Text;
using Lob.Fast.Engine.Records;

namespace Lob.Fast.Journal.Views;

/// <summary>Path of a data file in the output folder.</summary>
/// <param name="Stem">Path without the ending: what the files of one stream and time have in common.</param>
/// <param name="Ending">The ending, its first point included.</param>
internal readonly record struct ViewPath(string Stem, string Ending)
{
    /// <summary>Path of the metadata that lies beside, one for all arrays of a stream. It names the format: other forms of the same rows may lie in the same folder.</summary>
    public string Metadata => Stem + Ending[Ending.LastIndexOf('.')..] + ".meta.json";

    /// <inheritdoc/>
    public override string ToString() => Stem + Ending;

    /// <summary>
    /// A name from a venue as a file's or folder's name. What a path cannot hold, or would take for something else, becomes %XX; so does %, and two
    /// names never become one.
    /// </summary>
    public static string NameOf(string text)
    {
        var name = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            bool isPlain = letter is > ' ' and < (char)0x7F and not ('/' or '\\' or '%') && (letter != '.' || i > 0);
            if (isPlain)
            {
                name.Append(letter);
            }
            else
            {
                name.Append('%').Append(((int)letter).ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return name.Length == 0 ? "%" : name.ToString();
    }

    /// <summary>Path of what is known of an instrument.</summary>
    public static string OfInstrument(ViewInstrument instrument) => $"meta/{instrument.Venue.ToName()}/instruments/{NameOf(instrument.Symbol)}.json";

    /// <summary>The files of a format that has one for a whole stream.</summary>
    public static string StemOf(ViewStream stream) =>
        $"{stream.Instrument.Venue.ToName()}/{NameOf(stream.Instrument.Symbol)}/{NameOf(stream.Channel)}";
}
