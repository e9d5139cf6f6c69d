/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "claims/distinct.h"

distinct distinct_new(arena *memory, size_t most)
{
    return (distinct){ .at = arena_take(memory, most, sizeof(char *)), .most = most };
}

size_t distinct_place(distinct *d, const char *name)
{
    size_t i = 0;
    while (i < d->count && strcmp(d->at[i], name) != 0) i++;
    if (i < d->count) return i;
    REQUIRE(d->count < d->most, "more than %zu names, \"%s\" among them", d->most, name);
    d->at[d->count++] = name;
    return i;
}
