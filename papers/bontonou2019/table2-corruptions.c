/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 2: damaged images

The networks of Table 1 meet CIFAR-10's test images in noise, blur, weather and bad packing: 15 corruptions in 5
severities (`common/data/corruption.h`, and `gallery-corruptions` shows them). The paper: with its loss and 200
outputs the network makes 5.60 % instead of 5.06 % of errors on clean images, and all the same fewer on damaged
ones: 95.28 where cross-entropy counts 100, and 90.33 relative to the clean error.

    table2-corruptions --seed 1

A corrupted test set is made, seen and answered, and forgotten: all 75 would not fit into memory. Below paper
scale images are damaged at their full size and then made smaller, as all images are: where four pixels become
one, noise is halved, and the benchmark is a milder one.

*Reads* CIFAR-10, the photographs of frost, and the networks that `table1-cifar10` left for this seed. *Writes*
for each network its errors on clean images and in each severity of each corruption, in percent, and what they
come to (`papers/bontonou2019/robustness.h`): the means, for each corruption what they are made of, and `least_cost`, how
much more the baseline errs on the corruption that costs it least than on clean images. If that is near 0, the
relative mean may be chance. `relative_mce_alike`, which claims are judged by, is there only if the clean errors are within a fifth of
each other. *Checked by* the claims of Table 2 in
`papers/bontonou2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>
#include <stdio.h>

#include "classifiers.h"             /* gives: error_of_neighbours */
#include "base/error.h"          /* gives: STATUS_DONE */
#include "robustness.h"          /* gives: mean_corruption_error */
#include "run/load.h"            /* gives: run_frost */
#include "table1.h"              /* gives: table1_objective, table1_load */

static struct { size_t examples, tested; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 200, 5000, 40000, 50000 }, "of the training set: neighbours", "4.4" },
    { "tested", &set.tested, NULL, { 100, 500, 4000, 10000 }, "test images, of each corruption and severity", "4.4" },
    { 0 }
};

/*
# Two networks

The baseline answers by its scores, the other by the places of the training examples, ten of them.
*/
enum { NETWORKS = 2 };

typedef struct network {
    objective o;
    embedder *e;
    examples places;               /* of the training set; none for the baseline */
    errors_of found;
} network;

static network network_load(run *r, const prepared *of, table1_network which, arena *memory)
{
    network n = { .o = table1_objective(which, of->classes), .e = arena_take(memory, 1, sizeof *n.e) };
    embedder_init(n.e, of->s.to, network_width(), of->classes, memory);
    table1_load(r, "table1-cifar10", n.o.name, n.e, of);
    return n;
}

static double error_on(network *n, mat x, const int *y, tape *t, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    mat place = embedder_places(n->e, &n->o, x, t, scratch);
    double error = n->o.ends == SCORES ? error_of_scores(place, y) : error_of_neighbours(place, y, n->places, scratch).ten;
    arena_release(scratch, mark);
    return error;
}

/*
# A damaged test set
*/
typedef struct exam {
    run *r;
    const prepared *of;
    const frost *ice;
    network *n;
    tape *t;
    arena *scratch;
    size_t done;                   /* of all corruptions in all severities */
} exam;

static void take(exam *x)
{
    size_t c = x->done / SEVERITIES, severity = x->done % SEVERITIES;
    arena_mark mark = arena_save(x->scratch);
    mat damaged = arena_mat(x->scratch, x->of->raw.rows, x->of->raw.cols);
    corrupt(damaged, x->of->raw, 0, &corruptions[c], severity + 1, &(corruption_settings){ x->of->s.from, run_seed(x->r), x->ice });
    mat seen = mat_view(damaged.at, damaged.rows, image_size(x->of->s.to));
    preprocess(seen, damaged, &x->of->s);
    for (size_t i = 0; i < NETWORKS; i++) {
        network *n = &x->n[i];
        char series[64];
        n->found.at[c][severity] = error_on(n, seen, x->of->test.y, x->t, x->scratch);
        snprintf(series, sizeof series, "%s, %s", n->o.name, corruptions[c].name);
        run_row(x->r, series, (double)(severity + 1), "error", n->found.at[c][severity]);
    }
    arena_release(x->scratch, mark);
    x->done++;
    run_tick(x->r, x->done, CORRUPTIONS * SEVERITIES, corruptions[c].title);
}

/* What the two means are made of. */
static void quotients(run *r, const network *n, const errors_of *baseline)
{
    for (size_t c = 0; c < CORRUPTIONS; c++) {
        char series[64];
        double relative = relative_quotient(&n->found, baseline, c);
        snprintf(series, sizeof series, "%s, %s", n->o.name, corruptions[c].name);
        run_row(r, series, RUN_NO_X, "quotient", corruption_quotient(&n->found, baseline, c));
        if (isfinite(relative)) run_row(r, series, RUN_NO_X, "relative_quotient", relative);
    }
}

/* Of two networks whose clean errors are far apart the worse has less left to lose, and its relative error says so, nothing of
   robustness. The paper's are a ninth apart. */
static bool alike(const network *n)
{
    return fabs(n[1].found.clean - n[0].found.clean) <= .2 * n[0].found.clean;
}

static void conclude(run *r, const network *n)
{
    quotients(r, &n[1], &n[0].found);
    run_row(r, n[0].o.name, RUN_NO_X, "least_cost", least_cost(&n[0].found));
    for (size_t i = 0; i < NETWORKS; i++) {
        double mce = mean_corruption_error(&n[i].found, &n[0].found);
        double relative = relative_corruption_error(&n[i].found, &n[0].found);
        run_row(r, n[i].o.name, RUN_NO_X, "clean_error", n[i].found.clean);
        run_row(r, n[i].o.name, RUN_NO_X, "mce", mce);
        if (!isfinite(relative)) continue;
        run_row(r, n[i].o.name, RUN_NO_X, "relative_mce", relative);
        if (!alike(n)) continue;
        run_row(r, n[i].o.name, RUN_NO_X, "relative_mce_alike", relative);
        run_row(r, n[i].o.name, RUN_NO_X, "mce_less_relative", mce - relative);
    }
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "table2-corruptions",
        .purpose = "Table 2: errors of two networks on 15 corruptions of CIFAR-10's test images.",
        .settings = { settings, prepared_settings, network_settings } });
    arena *memory = arena_new();
    prepared of = prepared_load(r, "cifar-10", set.examples, set.tested, true, memory);
    frost ice = run_frost(r, memory);
    network n[NETWORKS] = { network_load(r, &of, CE, memory), network_load(r, &of, WIDE, memory) };
    exam x = { .r = r, .of = &of, .ice = &ice, .n = n, .t = tape_new(), .scratch = arena_new() };
    n[1].places = (examples){ embedder_places(n[1].e, &n[1].o, of.train.x, x.t, memory), of.train.y };
    for (size_t i = 0; i < NETWORKS; i++) n[i].found.clean = error_on(&n[i], of.test.x, of.test.y, x.t, x.scratch);
    checkpoint *c = run_checkpoint(r);
    checkpoint_keep(c, "done", &x.done, sizeof x.done);
    for (size_t i = 0; i < NETWORKS; i++) checkpoint_keep(c, "found", &n[i].found, sizeof n[i].found);
    run_resume(r);
    while (x.done < CORRUPTIONS * SEVERITIES) take(&x);
    conclude(r, n);
    tape_free(x.t);
    arena_free(x.scratch);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
