namespace Lob.Fast.Engine.Books;

/// <summary>
/// Memory of all books of one engine: a budget, what is resident of it, and the leaves of their trees. It decides by levels seen and never by time, so that a run
/// can be repeated; what is journaled does not depend on it. Owned by the thread of its books.
/// </summary>
/// <remarks>
/// Ladders are given pages only inside the budget: a side that gets none keeps its levels in a tree, which takes about 40 bytes a level. Trees are never refused, for
/// levels must be kept: what they take beyond the budget is the memory the levels themselves need.
/// Resident bytes are counted exactly: ladder pages that were written to, bitmaps, blocks of leaves, and the roots of trees.
/// </remarks>
public sealed unsafe class BookMemory : IDisposable
{
    /// <summary>2 GiB for all books together, when nothing else is said.</summary>
    public const long BudgetBytesDefault = 2L << 30;

    /// <summary>Leaves come in blocks of 64 KiB.</summary>
    private const int LeavesPerBlock = 85;

    private const long BlockBytes = 64 << 10;

    private const int PagesFreeWhilePlenty = 256;

    /// <summary>More than the narrowest window has, order counts and all.</summary>
    private const int PagesFreeLeast = 16;

    // The latest block. Behind its leaves stands the address of the one before.
    private byte* _block;
    private int _blockCount;
    private int _leavesUnusedInBlock;

    // The leaf given back last. In it stands the address of the one before.
    private byte* _freeLeaf;
    private long _pagesBytes;
    private long _rootBytes;

    /// <summary>With a budget in bytes; <see cref="long.MaxValue"/> = without limit, 0 = trees only.</summary>
    public BookMemory(long budgetBytes = BudgetBytesDefault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budgetBytes);
        BudgetBytes = budgetBytes;
    }

    ~BookMemory() => Free();

    /// <summary>Bytes that all books together may hold in ladders and trees.</summary>
    public long BudgetBytes { get; }

    /// <summary>Bytes resident now.</summary>
    public long ResidentBytes => _pagesBytes + _rootBytes + LeafBytes;

    /// <summary>Bytes left for ladders. An eighth of the budget is not theirs: trees are not refused, and grow on when ladders have taken the rest.</summary>
    internal long FreeBytes => Math.Max(0, BudgetBytes - (BudgetBytes / 8) - ResidentBytes);

    /// <summary>
    /// Whether less than an eighth of the budget is taken, with another sparse side. Then windows are as wide as they may be from the first level: making one wider
    /// touches all its pages again, which costs more than the levels.
    /// </summary>
    internal bool IsPlenty => ResidentBytes < (BudgetBytes / 8) - ((long)PagesFreeWhilePlenty * Pages.Bytes);

    /// <summary>Pages that a side may touch however few levels lie on each.</summary>
    internal int PagesFree => IsPlenty ? PagesFreeWhilePlenty : PagesFreeLeast;

    /// <summary>
    /// Levels that must lie on a page of a new ladder, on average, for it to be worth it: 1 while three quarters of the budget are free, then 2, 4 and 8. So books on fine grids
    /// make room before those on dense ones get none.
    /// </summary>
    internal int LevelsPerPageMin
    {
        get
        {
            long quarter = Math.Max(1, BudgetBytes / 4);
            return 1 << (int)Math.Min(3, ResidentBytes / quarter);
        }
    }

    // Whole blocks, of the latest one the pages of the leaves taken, and its last page with the address.
    private long LeafBytes => _blockCount == 0 ? 0
        : ((_blockCount - 1) * BlockBytes) + Math.Min(BlockBytes, Pages.RoundUp((LeavesPerBlock - _leavesUnusedInBlock) * (long)LevelTree.LeafBytes) + Pages.Bytes);

    /// <summary>Takes pages for a ladder if the budget has them.</summary>
    internal bool TryTakePages(long bytes)
    {
        if (FreeBytes < bytes)
        {
            return false;
        }

        _pagesBytes += bytes;
        return true;
    }

    /// <summary>Takes pages that cannot be done without.</summary>
    internal void TakePages(long bytes) => _pagesBytes += bytes;

    internal void GivePages(long bytes) => _pagesBytes -= bytes;

    /// <summary>Counts what the root of a tree grew or shrank by.</summary>
    internal void NoteRoot(long bytes) => _rootBytes += bytes;

    /// <summary>A leaf, not cleared.</summary>
    internal byte* TakeLeaf()
    {
        byte* leaf = _freeLeaf;
        if (leaf != null)
        {
            _freeLeaf = *(byte**)leaf;
            return leaf;
        }

        if (_leavesUnusedInBlock == 0)
        {
            byte* before = _block;
            _block = Pages.Reserve(BlockBytes);
            *BlockBefore(_block) = before;
            _blockCount++;
            _leavesUnusedInBlock = LeavesPerBlock;
        }

        return _block + ((LeavesPerBlock - _leavesUnusedInBlock--) * (long)LevelTree.LeafBytes);
    }

    internal void GiveLeaf(byte* leaf)
    {
        if (_block == null)
        {
            return;
        }

        *(byte**)leaf = _freeLeaf;
        _freeLeaf = leaf;
    }

    /// <summary>Frees all leaves; the books must not be used after it.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static byte** BlockBefore(byte* block) => (byte**)(block + BlockBytes) - 1;

    private void Free()
    {
        while (_block != null)
        {
            byte* before = *BlockBefore(_block);
            Pages.Release(_block, BlockBytes);
            _block = before;
        }

        _blockCount = 0;
        _freeLeaf = null;
        _leavesUnusedInBlock = 0;
    }
}
