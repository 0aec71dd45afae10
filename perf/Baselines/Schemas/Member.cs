using System.Text;

namespace Lob.Fast.Baselines.Schemas;

/// <summary>One key of an object.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">What its value must look like.</param>
/// <param name="Required">Whether it must be there. It must never be there twice.</param>
public sealed record Member(byte[] Name, Shape Shape, bool Required)
{
    /// <summary>A key that must be there, once.</summary>
    public static Member Must(string name, Shape shape) => new(Encoding.UTF8.GetBytes(name), shape, Required: true);

    /// <summary>A key that may be there, once.</summary>
    public static Member May(string name, Shape shape) => new(Encoding.UTF8.GetBytes(name), shape, Required: false);
}
