/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# A chain of blocks that becomes one

Blocks are linked from the newest to the oldest. Only the newest has room;
when it is full, a new one at least as large as everything before it is put
in front, so that the number of blocks grows with the logarithm of the bytes.
*/
#include <sanitizer/asan_interface.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/arena.h"
#include "base/error.h"

enum { ALIGNMENT = 64, FIRST_BLOCK = 1 << 20, HUGE_PAGE = 2 << 20 };

typedef struct block {
    struct block *older;
    size_t size, used;             /* bytes of `at` */
    char *at;
} block;

struct arena {
    block *newest;
    size_t peak;
};

/* In the sanitized builds what nobody has taken cannot be touched. */
static void empty(block *b, size_t used)
{
    b->used = used;
    ASAN_POISON_MEMORY_REGION(b->at + used, b->size - used);
}

static block *block_new(size_t size, block *older)
{
    size_t alignment = size >= HUGE_PAGE ? HUGE_PAGE : ALIGNMENT;
    size = (size + alignment - 1) / alignment * alignment;
    block *b = malloc(sizeof *b);
    REQUIRE(b, "no memory for a block");
    *b = (block){ .older = older, .size = size, .at = aligned_alloc(alignment, size) };
    REQUIRE(b->at, "no memory for an arena of %zu bytes", size);
    if (alignment == HUGE_PAGE)
        madvise(b->at, size, MADV_HUGEPAGE);      /* advice: may be ignored */
    empty(b, 0);
    return b;
}

static block *block_drop(block *b)
{
    block *older = b->older;
    ASAN_UNPOISON_MEMORY_REGION(b->at, b->size);
    free(b->at);
    free(b);
    return older;
}

arena *arena_new(void)
{
    arena *a = malloc(sizeof *a);
    REQUIRE(a, "no memory for an arena");
    *a = (arena){ .newest = block_new(FIRST_BLOCK, NULL) };
    return a;
}

void arena_free(arena *a)
{
    if (!a) return;
    while (a->newest) a->newest = block_drop(a->newest);
    free(a);
}

void arena_reset(arena *a)
{
    size_t total = 0;
    if (a->newest->older) {
        for (block *b = a->newest; b; b = block_drop(b)) total += b->size;
        a->newest = block_new(total, NULL);
    }
    empty(a->newest, 0);
}

void *arena_take(arena *a, size_t count, size_t size)
{
    size_t asked;
    REQUIRE(!__builtin_mul_overflow(count, size, &asked) && asked < SIZE_MAX / 4,
            "%zu elements of %zu bytes", count, size);
    size_t bytes = (asked + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes > a->newest->size - a->newest->used) {
        size_t grown = 0;
        for (block *b = a->newest; b; b = b->older) grown += b->size;
        a->newest = block_new(bytes > grown ? bytes : grown, a->newest);
    }
    void *taken = a->newest->at + a->newest->used;
    a->newest->used += bytes;
    ASAN_UNPOISON_MEMORY_REGION(taken, asked);
    if (arena_used(a) > a->peak) a->peak = arena_used(a);
    return taken;
}

mat arena_mat(arena *a, size_t rows, size_t cols)
{
    size_t size;
    REQUIRE(!__builtin_mul_overflow(rows, cols, &size), "%zu x %zu elements", rows, cols);
    return mat_view(arena_take(a, size, sizeof(real)), rows, cols);
}

size_t arena_used(const arena *a)
{
    size_t used = 0;
    for (const block *b = a->newest; b; b = b->older) used += b->used;
    return used;
}

size_t arena_peak(const arena *a)
{
    return a->peak;
}

arena_mark arena_save(const arena *a)
{
    return (arena_mark){ a->newest, a->newest->used };
}

/*
What was taken since the mark may have begun new blocks. They stay, empty, until
the next reset joins them: dropping them here would make a loop over
`arena_save` allocate again and again.
*/
void arena_release(arena *a, arena_mark mark)
{
    block *b = a->newest;
    for (; b && b != mark.block; b = b->older) empty(b, 0);
    REQUIRE(b, "a mark from before the arena's last reset");
    empty(b, mark.used);
}
