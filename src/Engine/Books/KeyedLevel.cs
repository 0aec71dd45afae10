namespace Lob.Fast.Engine.Books;

/// <summary>A level on its way between structures.</summary>
/// <param name="Key">See <see cref="LadderSide"/>: the smaller, the better.</param>
/// <param name="Level">What is held there.</param>
internal readonly record struct KeyedLevel(long Key, LevelSlot Level) : IComparable<KeyedLevel>
{
    public int CompareTo(KeyedLevel other) => Key.CompareTo(other.Key);
}
