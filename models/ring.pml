/*
 * The ring between two threads: src/Engine/Rings. One producer, one consumer, entries of one or two units that never cross the end of the ring, a mark where
 * the rest of the ring is too short (FrameRing; a RecordRing has no marks, otherwise the protocol is the same), published one by one or several at once.
 *
 * Memory. A store does not replace a value: it is added to the history of its word, and a load may return any value of the history that is not older than what
 * the loading thread has seen of that word (`last`) or must have seen (`floor`). A release store carries the time of everything stored before it; an
 * acquire load that returns it raises `floor` to that time. So without a release or an acquire the words of an entry may be seen in any order, some of them
 * old. This is what ARM64 allows and x64 hides.
 * A load that is done behind a later plain store is modelled where it matters: the consumer's reads of an entry around its own publication.
 * Not modelled: stores made ahead of a load that decides whether they are made (no processor shows those to others), tearing inside a word, the exception
 * handed over with `completed`, and how long anybody waits: a wait is a block until there is something newer to see, so one that nobody ends is a deadlock.
 *
 * Runs:
 *   RUN RING
 * Planted faults, each of which must be found:
 *   FAULT_PLAIN_PUBLISH RING             published is stored without release
 *   FAULT_PLAIN_READ RING                published is loaded without acquire
 *   FAULT_PLAIN_CONSUMED RING            consumed is stored without release
 *   FAULT_CONSUMED_EARLY RING            an entry is given back before it was read
 *   FAULT_PLAIN_COMPLETED RING           completed is stored without release
 *   FAULT_COMPLETED_READ_LATE RING       completed is loaded behind published
 *   FAULT_GATE_NOT_READ_AGAIN RING       a full ring is waited for on the writer's own copy of consumed
 *   FAULT_ROOM_OFF_BY_ONE RING           the writer believes in one unit more than there is
 *   FAULT_BATCH_HELD_BACK RING           a full ring is waited for with entries that were not published
 *   FAULT_NO_MARK RING                   nothing says that the rest of the ring was skipped
 */
#define N 4             /* units of the ring */
#define ITEMS 5         /* entries */
#define MARK 255        /* EndOfRing */

/* The words that the producer writes: those of the ring, then published, then completed. */
#define PUBLISHED N
#define COMPLETED (N + 1)
#define LOCS (N + 2)
#define HIST 8

byte value[48];         /* LOCS * HIST */
byte when[48];          /* time of the store */
byte carried[48];       /* everything stored up to this time is visible to an acquire that returns the value */
byte count[LOCS];
byte clock = 0;

/* The history of consumed, which the consumer writes. */
byte consumed[16];
byte consumptions = 1;
bool abandoned = false;

inline store(loc, v, release) {
    atomic {
        assert(count[loc] < HIST);
        clock++;
        value[(loc) * HIST + count[loc]] = v;
        when[(loc) * HIST + count[loc]] = clock;
        carried[(loc) * HIST + count[loc]] = (release -> clock : 0);
        count[loc]++
    }
}

/* Consumer: any value that is not too old. */
inline load(loc, target, acquire) {
    atomic {
        k = last[loc];
        do
        :: k + 1 < count[loc] && when[(loc) * HIST + k + 1] <= floor -> k++
        :: else -> break
        od;
        do
        :: k + 1 < count[loc] -> k++
        :: break
        od;
        last[loc] = k;
        target = value[(loc) * HIST + k];
        if
        :: acquire && carried[(loc) * HIST + k] > floor -> floor = carried[(loc) * HIST + k]
        :: else
        fi;
        k = 0
    }
}

inline publish() {
#ifdef FAULT_PLAIN_PUBLISH
    store(PUBLISHED, end, false);
#else
    store(PUBLISHED, end, true);
#endif
    published = end
}

proctype Producer() {
    byte item = 1, length = 0, skip_ = 0, need = 0, end = 0, published = 0;
    byte seen = 0;      /* place in the history of consumed */
    byte gate = 0;      /* and its value */

    do
    :: item <= ITEMS ->
        if
        :: length = 1
        :: length = 2
        fi;
        skip_ = ((length > N - (end & (N - 1))) -> N - (end & (N - 1)) : 0);
        need = end + skip_ + length;
        do
#ifdef FAULT_ROOM_OFF_BY_ONE
        :: need - gate <= N + 1 -> break
        :: need - gate > N + 1 ->
#else
        :: need - gate <= N -> break
        :: need - gate > N ->
#endif
#ifndef FAULT_BATCH_HELD_BACK
            /* What is not published is what the consumer would have to make room behind. */
            if
            :: published != end -> publish()
            :: else
            fi;
#endif
#ifdef FAULT_GATE_NOT_READ_AGAIN
            if
            :: abandoned -> goto gone
            fi
#else
            if
            :: abandoned -> goto gone
            :: atomic { seen + 1 < consumptions ->
                    do
                    :: seen + 1 < consumptions -> seen++
                    :: seen + 1 < consumptions -> seen++; break
                    :: seen + 1 >= consumptions -> break
                    od;
                    gate = consumed[seen] }
            fi
#endif
        od;
        if
        :: skip_ > 0 ->
#ifndef FAULT_NO_MARK
            store((end & (N - 1)), MARK, false);
#endif
            end = end + skip_
        :: else
        fi;
        store((end & (N - 1)), item * 4 + length, false);
        if
        :: length == 2 -> store(((end + 1) & (N - 1)), item, false)
        :: else
        fi;
        end = end + length;
        item++;
        if
        :: publish()            /* each entry by itself */
        :: true                 /* or together with the next */
        fi
    :: item > ITEMS -> break
    od;
    if
    :: published != end -> publish()
    :: else
    fi;
#ifdef FAULT_PLAIN_COMPLETED
    store(COMPLETED, 1, false);
#else
    store(COMPLETED, 1, true);
#endif
gone:
    skip
}

inline checkBody() {
    if
    :: length == 2 -> load(((position + 1) & (N - 1)), word, false); assert(word == item)
    :: else
    fi
}

inline publishConsumed(v) {
    atomic { consumed[consumptions] = v; consumptions++ }
}

inline nextEntry() {
    item++;
    position = position + length
}

proctype Consumer() {
    byte last[LOCS];
    byte floor = 0, k = 0;
    byte item = 1, position = 0, seen = 0, word = 0, length = 0;
    bool completed = false;

    do
    :: true ->
        do
        :: seen > position -> break
        :: seen <= position ->
#ifdef FAULT_COMPLETED_READ_LATE
            load(PUBLISHED, seen, true);
            load(COMPLETED, completed, true);
#else
            load(COMPLETED, completed, true);
#ifdef FAULT_PLAIN_READ
            load(PUBLISHED, seen, false);
#else
            load(PUBLISHED, seen, true);
#endif
#endif
            if
            :: seen > position -> break
            :: seen <= position && completed -> goto finished
            :: seen <= position && !completed ->
                /* Until there is something newer to see. */
                last[PUBLISHED] + 1 < count[PUBLISHED] || last[COMPLETED] + 1 < count[COMPLETED]
            fi
        od;
        load((position & (N - 1)), word, false);
        if
        :: word == MARK -> position = position + N - (position & (N - 1))
        :: word != MARK ->
            assert(word / 4 == item);
            length = word & 3;
            if
            :: true ->
#ifdef FAULT_CONSUMED_EARLY
                publishConsumed(position + length);
                checkBody()
#else
                checkBody();
                publishConsumed(position + length)
#endif
#ifdef FAULT_PLAIN_CONSUMED
            :: true ->
                /* Nothing orders the reads before the store. */
                publishConsumed(position + length);
                checkBody()
#endif
            :: item == 2 -> abandoned = true; goto left
            fi;
            nextEntry()
        fi
    od;
finished:
    assert(item == ITEMS + 1);
left:
    skip
}

init {
    byte i = 0;
    atomic {
        do
        :: i < LOCS -> count[i] = 1; i++
        :: else -> break
        od;
        run Producer();
        run Consumer()
    }
}
