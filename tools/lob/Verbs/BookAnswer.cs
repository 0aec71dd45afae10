using Lob.Fast.Journal.Books;

namespace Lob.Fast.Cli.Verbs;

/// <summary>A book at a point of a journal, with the follower that holds it.</summary>
internal sealed class BookAnswer(BookFollower follower, FollowedBook book) : IDisposable
{
    public FollowedBook Book => book;

    public void Dispose() => follower.Dispose();
}
