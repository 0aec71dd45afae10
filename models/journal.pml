/*
 * Publication in a segment: src/Journal/Writing/SegmentWriter, Format/BlockEntry and ChecksumSlot (the writer), Reading/JournalCursor and
 * Verification/SegmentVerification (readers in another process), Recovery/SegmentRecovery. Messages of one or two records, a block of three records and one
 * behind it, seals at any message end, the segment's end at any point, also inside a message, with or without a next segment.
 *
 * Memory. Every store of the writer is added to the history of its word, with its place in the program. A load of a reader may return any value that is not
 * older than what it has seen of that word (`last`) or must have seen (`floor`). A release store carries its place; a plain store carries the place of the
 * last full barrier before it. An acquire load raises `floor` to what the value carries; a plain load does so at the reader's next full barrier. So what
 * neither orders may be seen in any order: what ARM64 allows and x64 hides.
 * A kill may come between any two stores. It stops the writer's instructions, not the stores they have made: recovery sees all of those, and nothing behind.
 * A record is two words and a table entry seven, so each may be seen, and killed, half written.
 * Not modelled: a power cut (any mix of older pages; the tests of recovery do that), the values of checksums (a checksum is the number of records it is over,
 * and fits if all of them are read whole), the chance that a CRC fits a torn slot, recovery killed in its turn.
 *
 * Runs:
 *   RUN FOLLOW      a reader that follows the committed count, and goes on to the next segment
 *   RUN VERIFY      a reader that verifies a block while it is written
 *   RUN KILL        a kill, and what recovery finds
 * Planted faults, each of which must be found:
 *   FAULT_PLAIN_COMMIT FOLLOW            the committed count is stored without release
 *   FAULT_PLAIN_COMMIT_READ FOLLOW       and loaded without acquire
 *   FAULT_COUNT_BEFORE_STATE FOLLOW      the state is loaded behind the count
 *   FAULT_COMMIT_IN_MESSAGE FOLLOW       the count is stored inside a message
 *   FAULT_PLAIN_STATE VERIFY             the state is stored without release
 *   FAULT_ENTRY_BEFORE_COMMIT VERIFY     a full block gets its entry before the commit
 *   FAULT_SEAL_UNCOMMITTED VERIFY        a seal covers all that was appended
 *   FAULT_INDEX_NOT_BEHIND_COMMIT VERIFY nothing orders an entry's index behind the commit
 *   FAULT_SLOT_BEFORE_INDEX VERIFY       an entry's checksum is stored before its index
 *   FAULT_NO_BARRIER_IN_ENTRY VERIFY     nothing orders an entry's checksum behind its index
 *   FAULT_NO_BARRIER_IN_VERIFY VERIFY    nothing orders the two copies of an entry, and what is read behind them
 *   FAULT_NO_SLOT_CRC VERIFY             a checksum slot has no checksum of its own
 *   FAULT_ALWAYS_SLOT_A KILL             the newest checksum is overwritten, not the older one
 *   FAULT_ENTRY_BEFORE_COMMIT KILL       as above
 *   FAULT_SEAL_UNCOMMITTED KILL          as above
 *   FAULT_NAMED_BEFORE_START KILL        the next segment gets its name before its header and checkpoint
 *   FAULT_ROLLED_BEFORE_NEXT KILL        a segment says that the next one follows before that has its name
 */
#define B 3                     /* records of a block */
#define RECORDS 4
#define BLOCKS 2

/* Words of the file. */
#define LOW(record) (record)
#define HIGH(record) (RECORDS + (record))
#define ENTRY (2 * RECORDS)     /* of each block: its index, slot A (checksum, records, CRC), slot B */
#define INDEX(block) (ENTRY + 7 * (block))
#define SLOT(block, isB) (ENTRY + 7 * (block) + 1 + 3 * (isB))
#define COMMITTED (ENTRY + 7 * BLOCKS)
#define STATE (COMMITTED + 1)
#define NEXT_START (STATE + 1)  /* header, checkpoint and committed count of the next segment */
#define NEXT_NAMED (NEXT_START + 1)
#define LOCS (NEXT_NAMED + 1)
#define HIST 5

#define OPEN 0
#define ROLLED 1
#define CLOSED 2

byte value[130];                /* LOCS * HIST */
byte when[130];
byte carried[130];
byte count[LOCS];
byte clock = 0;
byte barrier = 0;               /* place of the writer's last full barrier */
bool killed = false;
bool stopped = false;           /* the writer has come to its end */

bool isCommitEnd[RECORDS + 1];
byte sealed[BLOCKS];            /* records that the last completely written slot of a block covers */

#define LATEST(loc) value[(loc) * HIST + count[loc] - 1]

inline store(loc, v, release) {
    atomic {
        assert(count[loc] < HIST);
        clock++;
        value[(loc) * HIST + count[loc]] = v;
        when[(loc) * HIST + count[loc]] = clock;
        carried[(loc) * HIST + count[loc]] = (release -> clock : barrier);
        count[loc]++
    }
}

/* ---- the writer ---- */

#define IS_VALID(block, isB) (LATEST(SLOT(block, isB)) > 0 && LATEST(SLOT(block, isB)) == LATEST(SLOT(block, isB) + 1) \
    && LATEST(SLOT(block, isB)) == LATEST(SLOT(block, isB) + 2))
#define RECORDS_OF(block, isB) (IS_VALID(block, isB) -> LATEST(SLOT(block, isB) + 1) : 0)
#define NEWEST(block) ((RECORDS_OF(block, 1) > RECORDS_OF(block, 0)) -> RECORDS_OF(block, 1) : RECORDS_OF(block, 0))

inline publishEntry(block, records) {
#ifndef FAULT_INDEX_NOT_BEHIND_COMMIT
    barrier = clock;
#endif
#ifdef FAULT_SLOT_BEFORE_INDEX
    writeSlot(block, records);
    store(INDEX(block), records, false);
#else
    store(INDEX(block), records, false);
#ifndef FAULT_NO_BARRIER_IN_ENTRY
    barrier = clock;
#endif
    writeSlot(block, records);
#endif
    sealed[block] = records
}

inline writeSlot(block, records) {
#ifdef FAULT_ALWAYS_SLOT_A
    isB = 0;
#else
    isB = (IS_VALID(block, 0) && !(IS_VALID(block, 1) && RECORDS_OF(block, 1) > RECORDS_OF(block, 0)) -> 1 : 0);
#endif
    store(SLOT(block, isB), records, false);
    store(SLOT(block, isB) + 1, records, false);
    store(SLOT(block, isB) + 2, records, false)
}

inline commit() {
    if
    :: next != committed ->
        isCommitEnd[next] = true;
        committed = next;
#ifdef FAULT_PLAIN_COMMIT
        store(COMMITTED, committed, false);
#else
        store(COMMITTED, committed, true);
#endif
        if
        :: committed / B != published -> publishEntry(published, B); published++
        :: else
        fi
    :: else
    fi
}

inline seal() {
#ifdef FAULT_SEAL_UNCOMMITTED
    covered = next - published * B;
#else
    covered = committed - published * B;
#endif
    if
    :: covered > 0 && covered <= B && sealed[published] != covered -> publishEntry(published, covered)
    :: else
    fi
}

proctype Writer() {
    byte next = 0, committed = 0, published = 0, covered = 0, left = 0;
    byte isB = 0, state = CLOSED;

    {
        do
        :: next < RECORDS ->
            if
            :: left = 1
            :: next + 2 <= RECORDS -> left = 2
            fi;
            do
            :: left > 0 ->
                store(LOW(next), 1, false);
                store(HIGH(next), 1, false);
                next++;
                left--;
#ifdef FAULT_ENTRY_BEFORE_COMMIT
                if
                :: next / B != published -> publishEntry(published, B); published++
                :: else
                fi;
#endif
#ifdef FAULT_COMMIT_IN_MESSAGE
                store(COMMITTED, next, true)
#endif
                if
                :: left > 0 -> goto ending     /* closed in the middle of a message */
                :: true
                fi
            :: left == 0 -> break
            od;
            commit();
            if
            :: seal()
            :: true
            fi
        :: true -> break
        od;
    ending:
        if
#ifndef VERIFY
        :: next == committed ->
            /* The next segment gets its name with its start in it (a system call: a full barrier), and only then this one says so. */
#ifdef FAULT_NAMED_BEFORE_START
            barrier = clock;
            store(NEXT_NAMED, 1, true);
            store(NEXT_START, 1, true);
            state = ROLLED
#else
            store(NEXT_START, 1, true);
#ifdef FAULT_ROLLED_BEFORE_NEXT
            store(STATE, ROLLED, true);
#endif
            barrier = clock;
            store(NEXT_NAMED, 1, true);
            state = ROLLED
#endif
#endif
        :: state = CLOSED
        fi;
        seal();
#ifdef FAULT_PLAIN_STATE
        store(STATE, state, false);
#else
        store(STATE, state, true);
#endif
        stopped = true
    } unless { killed }
}

/* ---- a reader in another process ---- */

inline pick(loc) {
    k = last[loc];
    do
    :: k + 1 < count[loc] && when[(loc) * HIST + k + 1] <= floor -> k++
    :: else -> break
    od;
    do
    :: k + 1 < count[loc] -> k++
    :: break
    od;
    last[loc] = k
}

inline load(loc, target) {
    atomic {
        pick(loc);
        target = value[(loc) * HIST + k];
        if
        :: carried[(loc) * HIST + k] > toAcquire -> toAcquire = carried[(loc) * HIST + k]
        :: else
        fi;
        k = 0
    }
}

inline loadAcquire(loc, target) {
    atomic {
        pick(loc);
        target = value[(loc) * HIST + k];
        if
        :: carried[(loc) * HIST + k] > floor -> floor = carried[(loc) * HIST + k]
        :: else
        fi;
        k = 0
    }
}

inline fullBarrier() {
    if
    :: toAcquire > floor -> floor = toAcquire
    :: else
    fi
}

inline checkWhole(record) {
    load(LOW(record), word);
    assert(word == 1);
    load(HIGH(record), word);
    assert(word == 1)
}

inline follow() {
#ifdef FAULT_COUNT_BEFORE_STATE
    loadAcquire(COMMITTED, end);
    loadAcquire(STATE, state);
#else
    loadAcquire(STATE, state);
#ifdef FAULT_PLAIN_COMMIT_READ
    load(COMMITTED, end);
#else
    loadAcquire(COMMITTED, end);
#endif
#endif
    assert(end == 0 || isCommitEnd[end]);
    do
    :: read < end -> checkWhole(read); read++
    :: else -> break
    od
}

inline copyEntry() {
    load(INDEX(block), entry[0]);
    load(SLOT(block, 0), entry[1]); load(SLOT(block, 0) + 1, entry[2]); load(SLOT(block, 0) + 2, entry[3]);
    load(SLOT(block, 1), entry[4]); load(SLOT(block, 1) + 1, entry[5]); load(SLOT(block, 1) + 2, entry[6])
}

/* The second copy, behind the barrier: whether it is the same. */
inline compareEntry() {
    i = 0;
    do
    :: i < 7 ->
        load(INDEX(block) + i, word);
        if
        :: word != entry[i] -> goto again
        :: else -> i++
        fi
    :: else -> break
    od
}

#ifdef FAULT_NO_SLOT_CRC
#define FITS(at) (entry[at + 1] > 0)
#define IS_TORN(at) false
#else
#define FITS(at) (entry[at + 1] > 0 && entry[at] == entry[at + 1] && entry[at + 2] == entry[at + 1])
#define IS_TORN(at) (!FITS(at) && (entry[at] > 0 || entry[at + 1] > 0 || entry[at + 2] > 0))
#endif

inline verifySlot(at) {
    if
    :: FITS(at) ->
        assert(entry[at] == entry[at + 1]);
        loadAcquire(COMMITTED, end);
        assert(end >= block * B + entry[at + 1]);
        newest = (entry[at + 1] > newest -> entry[at + 1] : newest);
        i = 0;
        do
        :: i < entry[at + 1] -> checkWhole(block * B + i); i++
        :: else -> break
        od
    :: else
    fi
}

/* One block as SegmentVerification checks it: an entry that stays the same over a barrier and has no torn slot, or another attempt. */
proctype Verifier() {
    byte last[LOCS];
    byte entry[7];
    byte floor = 0, toAcquire = 0, k = 0, end = 0, state = 0, word = 0, newest = 0, i = 0, block = 0;

    if
    :: block = 0
    :: block = 1
    fi;
    loadAcquire(STATE, state);
    copyEntry();
    if
    :: IS_TORN(1) || IS_TORN(4) -> goto again
    :: else
    fi;
    if
    :: state == OPEN ->
#ifndef FAULT_NO_BARRIER_IN_VERIFY
        fullBarrier();
#endif
        compareEntry()
    :: else
    fi;
    verifySlot(1);
    verifySlot(4);
    assert(entry[0] >= newest);
    loadAcquire(COMMITTED, end);
    /* A segment that is not open has checksums over everything. */
    assert(state == OPEN || newest == (end <= block * B -> 0 : (end >= (block + 1) * B -> B : end - block * B)));
    if
    :: entry[0] > 0 -> assert(end > block * B)
    :: else
    fi;
again:
    skip    /* an attempt that starts later is a run of this process that starts later */
}

proctype Follower() {
    byte last[LOCS];
    byte floor = 0, toAcquire = 0, k = 0, end = 0, state = 0, read = 0, word = 0;
    do
    :: true ->
        follow();
        if
        :: state != OPEN && read == end ->
            /* It said that no more will come. */
            assert(read == LATEST(COMMITTED));
            if
            :: state == ROLLED ->
                load(NEXT_NAMED, word);
                fullBarrier();
                if
                :: word == 1 -> load(NEXT_START, word); assert(word == 1)
                :: else
                fi
            :: else
            fi;
            break
        :: else
        fi;
        /* Until there is something newer to see. */
        last[COMMITTED] + 1 < count[COMMITTED] || last[STATE] + 1 < count[STATE]
    od
}

/* ---- a kill, and what recovery finds ---- */

proctype Recovery() {
    byte block = 0, i = 0;
    if
    :: atomic { !stopped -> killed = true }
    :: stopped
    fi;
    d_step {
        i = 0;
        do
        :: i < LATEST(COMMITTED) -> assert(LATEST(LOW(i)) == 1 && LATEST(HIGH(i)) == 1); i++
        :: else -> break
        od;
        assert(LATEST(COMMITTED) == 0 || isCommitEnd[LATEST(COMMITTED)]);
        do
        :: block < BLOCKS ->
            /* A checksum is refused if a record it covers is not what was written, and only a power cut may take the count away from under it. */
            assert(RECORDS_OF(block, 0) == 0 || LATEST(COMMITTED) >= block * B + RECORDS_OF(block, 0));
            assert(RECORDS_OF(block, 1) == 0 || LATEST(COMMITTED) >= block * B + RECORDS_OF(block, 1));
            /* A slot that was written completely stays, whatever is written over the other. */
            assert(NEWEST(block) >= sealed[block]);
            block++
        :: else -> break
        od;
        /* Each segment that has a name has a start, and one that says so has a next one. */
        assert(LATEST(NEXT_NAMED) == 0 || LATEST(NEXT_START) == 1);
        assert(LATEST(STATE) != ROLLED || LATEST(NEXT_NAMED) == 1);
        assert(killed || LATEST(STATE) != OPEN)
    }
}

init {
    byte i = 0;
    atomic {
        do
        :: i < LOCS -> count[i] = 1; i++
        :: else -> break
        od;
        run Writer();
#ifdef FOLLOW
        run Follower()
#endif
#ifdef VERIFY
        run Verifier()
#endif
#ifdef KILL
        run Recovery()
#endif
    }
}
