/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "data/dataset.h"
#include "data/frost.h"

static photograph reduce(const photograph *p, arena *a)
{
    enum { BY = FROST_REDUCTION, C = PHOTOGRAPH_CHANNELS };
    photograph small = photograph_new((p->height + BY / 2) / BY, (p->width + BY / 2) / BY, a);
    for (size_t i = 0; i < small.height; i++)
        for (size_t j = 0; j < small.width; j++)
            memcpy(small.at + (i * small.width + j) * C,
                   p->at + ((BY * i + BY / 2) * p->width + BY * j + BY / 2) * C, C);
    return small;
}

int frost_read(frost *f, arena *a)
{
    static const char *const file[FROST_TEXTURES] = {
        "frost1.png", "frost2.png", "frost3.png", "frost4.jpg", "frost5.jpg"
    };
    for (size_t i = 0; i < FROST_TEXTURES; i++) {
        char path[4096];
        photograph whole;
        int status = dataset_file(path, sizeof path, "frost", file[i]);
        if (status == 0) status = photograph_read(&whole, path, a);
        if (status != 0) return status;
        f->texture[i] = reduce(&whole, a);
        f->file[i] = memcpy(arena_take(a, strlen(path) + 1, 1), path, strlen(path) + 1);
        if (f->texture[i].height <= FROST_MOST_SIDE || f->texture[i].width <= FROST_MOST_SIDE)
            return fail("%s: %zu x %zu pixels, expected at least %d in either direction", path, whole.height,
                        whole.width, FROST_REDUCTION * FROST_MOST_SIDE + FROST_REDUCTION / 2 + 1);
    }
    return 0;
}
