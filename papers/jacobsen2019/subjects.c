/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"
#include "base/error.h"
#include "digits.h"
#include "subjects.h"
#include "run/load.h"
#include "run/trained.h"

/* b is the next image in a random order whose class is another one. */
static void draw_pairs(subjects *s, run *r, examples from, arena *memory)
{
    size_t n = from.x.rows;
    const size_t *order = run_order(r, "pairs", n, memory);
    for (size_t i = 0; i < s->count; i++) {
        size_t a = order[i], k = 1;
        while (k < n && from.y[order[(i + k) % n]] == from.y[a]) k++;
        size_t b = order[(i + k) % n];
        mat_copy(mat_rows(s->a, i, 1), mat_rows(from.x, a, 1));
        mat_copy(mat_rows(s->b, i, 1), mat_rows(from.x, b, 1));
        s->class_a[i] = from.y[a];
        s->class_b[i] = from.y[b];
    }
    digits_spread(s->a, NULL);
    digits_spread(s->b, NULL);
}

void subjects_load(subjects *s, run *r, size_t count, arena *memory)
{
    dataset data = run_load(r, "mnist", NULL, memory);
    *s = (subjects){ .shape = data.shape, .scratch = tape_new(), .count = count };
    if (count > data.test.x.rows)
        die(STATUS_USAGE, "--pairs %zu of %zu test images: expected no more than there are", count, data.test.x.rows);
    examples test = digits_framed(data.test, &s->shape, memory);
    size_t d = test.x.cols;
    s->a = arena_mat(memory, count, d);
    s->b = arena_mat(memory, count, d);
    s->class_a = arena_take(memory, count, sizeof *s->class_a);
    s->class_b = arena_take(memory, count, sizeof *s->class_b);
    s->scores = arena_mat(memory, count, data.classes);
    s->unused = arena_mat(memory, count, data.classes);
    s->nuisances_a = arena_mat(memory, count, d - data.classes);
    s->nuisances_b = arena_mat(memory, count, d - data.classes);
    draw_pairs(s, r, test, memory);
    digit_net_init(&s->net, s->shape, data.classes, memory);
    oracle_init(&s->eye, r, s->shape, data.classes, 0, memory);
    trained_load(r, "table2-mnist", run_seed(r), "oracle", &s->eye, oracle_keep);
}

void subjects_free(subjects *s)
{
    oracle_free(&s->eye);
    tape_free(s->scratch);
}

bool subjects_choose(subjects *s, run *r, const char *model)
{
    trained_load(r, "table2-mnist", run_seed(r), model, &s->net, firevnet_keep);
    if (firevnet_is_void(&s->net)) {
        run_note(r, "%s: its training did not come to its end, and there is no network to look into", model);
        return false;
    }
    firevnet_encode(&s->net, s->scores, s->nuisances_a, s->a, s->scratch);
    firevnet_encode(&s->net, s->unused, s->nuisances_b, s->b, s->scratch);
    return true;
}

void metamers_at(subjects *s, mat x, double t, arena *memory)
{
    arena_mark mark = arena_save(memory);
    mat z = arena_mat(memory, s->nuisances_a.rows, s->nuisances_a.cols);
    for (size_t e = 0; e < mat_size(z); e++)
        z.at[e] = (real)((1 - t) * (double)s->nuisances_a.at[e] + t * (double)s->nuisances_b.at[e]);
    firevnet_invert(&s->net, x, s->scores, z, s->scratch);
    arena_release(memory, mark);
}

void metamers_seen(subjects *s, int *seen, mat x)
{
    digits_show(x);
    oracle_look(&s->eye, seen, x);
}
