namespace Lob.Fast.Journal.Views;

/// <summary>The files that a view writes its rows to. One thread.</summary>
internal interface IRowFiles
{
    /// <summary>A file; made when it is first asked for.</summary>
    RowFile Of(ViewStream stream, in ViewPath path);

    /// <summary>Called behind each row: keeps what is in memory bounded.</summary>
    void RowDone();
}
