/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prepared.h"
#include "run/load.h"

static size_t side;

const run_setting prepared_settings[] = {
    { "side", &side, NULL, { 8, 16, 16, 32 }, "pixels on a side; larger images are averaged down", "ours" },
    { 0 }
};

/* In the same memory. */
static mat seen(mat x, const preprocessing *s)
{
    mat small = mat_view(x.at, x.rows, image_size(s->to));
    preprocess(small, x, s);
    return small;
}

prepared prepared_load(run *r, const char *name, size_t most, size_t tested, bool raw, arena *memory)
{
    dataset set = run_load(r, name, NULL, memory);
    prepared p = { .classes = set.classes };
    p.train = run_part(r, set.train, "examples", most, memory);
    p.test = run_part(r, set.test, "tested", tested, memory);
    p.s = preprocessing_of(p.train.x, set.shape, side);
    if (raw) {
        p.raw = arena_mat(memory, p.test.x.rows, p.test.x.cols);
        mat_copy(p.raw, p.test.x);
    }
    p.train.x = seen(p.train.x, &p.s);
    p.test.x = seen(p.test.x, &p.s);
    return p;
}
