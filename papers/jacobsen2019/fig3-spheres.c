/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 3: what a perfect classifier of two spheres has overlooked

An invertible network learns to tell the spheres of radius 1 and 10 apart. The paper says that it makes no mistake on 100,000
points that it has not seen. Has it learned what a sphere is? We keep the two scores of an inner
point, take the 98 other numbers of an outer one, and ask the inverse which point that is: a *metamer* of the
inner point. The network answers for both alike, since the scores are the same. If the metamer
lies as far out as the outer sphere, it is wrong about it.

The paper trains a classifier of the other 98 numbers as well, and says that what D does not notice on the way to the outer sphere, this
one does. Of the metamer itself it cannot but say outer, for it is given the very numbers of an outer point. So we ask both also on the
way there, up to the outer sphere and beyond.

    fig3-spheres --seed 1

*Writes* accuracy of both classifiers; the error of the inverse; for pairs of an inner and an outer point, what
D, the nuisance classifier and the oracle say of the metamer, and both classifiers on the straight way there; what both say on two planes
(`papers/jacobsen2019/plane.h`); and beside the result the network, for `fig2-two-ways`. *Checked by* the claims of
Figure 3 in `papers/jacobsen2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>

#include "answers.h"             /* gives: agreement, largest_difference */
#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "nn/losses.h"           /* gives: cross_entropy */
#include "plane.h"               /* gives: plane_through, plane_regions */
#include "posthoc.h"             /* gives: posthoc_learn */
#include "run/keep.h"            /* gives: keep_optimizer, keep_batches */
#include "run/trained.h"         /* gives: trained_save */
#include "sphere_net.h"          /* gives: sphere_net_margins, spheres_draw */

static struct { size_t samples, validation, epochs, batch, nuisance_epochs, pairs, side; double rate, nuisance_rate; } set;

static const run_setting settings[] = {
    { "samples", &set.samples, NULL, { 2000, 100000, 500000, 500000 }, "points to learn from", "B.1" },
    { "validation", &set.validation, NULL, { 500, 20000, 100000, 100000 }, "others", "B.1" },
    { "epochs", &set.epochs, NULL, { 2, 4, 10, 10 }, "passes over them", "B.1" },
    { "batch", &set.batch, NULL, { 50, 128, 128, 128 }, "points a step", "ours" },
    { "rate", NULL, &set.rate, { 1e-3, 1e-4, 1e-4, 1e-4 }, "of Adam", "B.1" },
    { "nuisance-epochs", &set.nuisance_epochs, NULL, { 1, 1, 2, 2 }, "passes for the nuisance classifier", "ours" },
    { "nuisance-rate", NULL, &set.nuisance_rate, { 1e-3, 1e-4, 1e-4, 1e-4 }, "of its Adam", "ours" },
    { "pairs", &set.pairs, NULL, { 50, 500, 1000, 1000 }, "metamers", "ours" },
    { "side", &set.side, NULL, { 11, 61, 61, 61 }, "points along a side of a plane", "ours" },
    { 0 }
};

/*
# Training

Cross-entropy of the two scores; nothing else is asked of the network.
*/
typedef struct learner {
    run *r;
    sphere_net *s;
    optimizer *o;
    batches data;
    gsl_rng *order;
    tape *t;
    size_t step;
} learner;

static void learner_init(learner *m, run *r, sphere_net *s, examples from, arena *memory)
{
    if (set.batch > from.x.rows)
        die(STATUS_USAGE, "--batch %zu of %zu points: expected no more than there are", set.batch, from.x.rows);
    *m = (learner){ .r = r, .s = s, .order = rng_new(run_seed(r), "order"), .t = tape_new() };
    m->o = optimizer_new(&adam, s->net.parameters, s->net.count, ADAM_DEFAULTS);
    batches_init(&m->data, from.x.rows, set.batch, DROP_LAST, m->order, memory);
    gsl_rng *init = rng_new(run_seed(r), "init");
    firevnet_start(&s->net, init, mat_rows(from.x, 0, set.batch));
    gsl_rng_free(init);
    checkpoint *c = run_checkpoint(r);
    firevnet_keep(&s->net, c);
    keep_optimizer(c, "optimizer", m->o);
    checkpoint_keep(c, "step", &m->step, sizeof m->step);
    keep_batches(c, &m->data);
}

static void learn(learner *m, examples from)
{
    size_t steps = set.epochs * batches_per_epoch(&m->data);
    while (m->step < steps) {
        tape *t = m->t;
        examples batch = examples_next(from, &m->data, tape_arena(t));
        firevnet_nodes z = firevnet_apply(t, &m->s->net, tape_input(t, batch.x), TRAINING, false);
        node *loss = cross_entropy(t, z.semantic, batch.y);
        run_loss(t, loss);
        tape_backward(t, loss);
        optimizer_step(m->o, set.rate);
        tape_reset(t);
        run_tick(m->r, ++m->step, steps, "network");
    }
}

static void learner_free(learner *m)
{
    optimizer_free(m->o);
    gsl_rng_free(m->order);
    tape_free(m->t);
}

/* z of every point. */
typedef struct codes { mat semantic, nuisance; } codes;

static codes encode(sphere_net *s, mat x, tape *scratch, arena *memory)
{
    codes z = { arena_mat(memory, x.rows, 2), arena_mat(memory, x.rows, x.cols - 2) };
    firevnet_encode(&s->net, z.semantic, z.nuisance, x, scratch);
    return z;
}

static void accuracies(run *r, sphere_net *s, codes z, const int *y, const char *metric, arena *memory)
{
    int *found = arena_take(memory, z.semantic.rows, sizeof *found);
    answers_of(found, z.semantic);
    run_row(r, "D", RUN_NO_X, metric, agreement(found, y, z.semantic.rows));
    run_row(r, "nuisance", RUN_NO_X, metric, nuisance_accuracy(&s->nuisance, z.nuisance, y));
}

/*
# Metamers

Of pairs of an inner point a and an outer point b. The oracle is the point's true distance.
*/
typedef struct pairs { mat a, b, met; } pairs;

static pairs metamers(sphere_net *s, examples from, tape *scratch, arena *memory)
{
    size_t n = set.pairs < from.x.rows / 2 ? set.pairs : from.x.rows / 2;
    pairs p = { arena_mat(memory, n, from.x.cols), arena_mat(memory, n, from.x.cols), arena_mat(memory, n, from.x.cols) };
    for (size_t i = 0; i < n; i++) {
        mat_copy(mat_rows(p.a, i, 1), mat_rows(from.x, 2 * i, 1));
        mat_copy(mat_rows(p.b, i, 1), mat_rows(from.x, 2 * i + 1, 1));
    }
    firevnet_metamers(&s->net, p.met, p.a, p.b, scratch);
    return p;
}

static void judge(run *r, sphere_net *s, const pairs *p, tape *scratch, arena *memory)
{
    size_t n = p->met.rows;
    double *semantic = arena_take(memory, n, sizeof *semantic), *rest = arena_take(memory, n, sizeof *rest);
    double kept = 0, outer = 0, by_nuisance = 0, distance = 0, near = 0, gap = s->data.radius[OUTER] - s->data.radius[INNER];
    sphere_net_margins(s, semantic, rest, p->met, scratch);
    for (size_t i = 0; i < n; i++) {
        kept += semantic[i] <= 0;
        by_nuisance += rest[i] > 0;
        outer += spheres_oracle(mat_row(p->met, i), &s->data) == OUTER;
        double length = spheres_distance(mat_row(p->met, i), s->data.d);
        distance += length;
        near += fabs(length - s->data.radius[OUTER]) < gap / 2;
    }
    run_row(r, "metamers", RUN_NO_X, "kept", kept / (double)n);
    run_row(r, "metamers", RUN_NO_X, "oracle_outer", outer / (double)n);
    run_row(r, "metamers", RUN_NO_X, "nuisance_outer", by_nuisance / (double)n);
    run_row(r, "metamers", RUN_NO_X, "distance", distance / (double)n);
    run_row(r, "metamers", RUN_NO_X, "near_outer", near / (double)n);
}

/*
# The straight way to a metamer

Which share of the pairs has a way from a to its metamer on which a classifier says inner at every point? We ask at 20 points up to the
outer sphere, and at 20 beyond it, of which the metamer is the last: there D says inner, and the classifier of the nuisances outer,
because they are given the numbers of a and of b. What they say before is what the networks have decided. A way to a metamer
within the outer sphere ends with it.
*/
enum { POINTS = 20 };

/* The first of the points from a at which `margin` says outer; 2 POINTS + 1 if none does. */
static size_t first_outer(const double *margin)
{
    size_t k = 0;
    while (k <= 2 * POINTS && margin[k] <= 0) k++;
    return k;
}

static void walk(run *r, sphere_net *s, const pairs *p, tape *scratch, arena *memory)
{
    mat way = arena_mat(memory, 2 * POINTS + 1, p->a.cols);
    double semantic[2 * POINTS + 1], rest[2 * POINTS + 1], n = (double)p->a.rows, to_sphere[2] = { 0, 0 }, all = 0;
    for (size_t i = 0; i < p->a.rows; i++) {
        const real *a = mat_row(p->a, i), *met = mat_row(p->met, i);
        double sphere = fmin(spheres_crossing(a, met, &s->data), 1);
        for (size_t k = 0; k <= 2 * POINTS; k++) {
            double share = (double)k / POINTS, t = k <= POINTS ? share * sphere : sphere + (share - 1) * (1 - sphere);
            spheres_between(mat_row(way, k), a, met, t, way.cols);
        }
        sphere_net_margins(s, semantic, rest, way, scratch);
        to_sphere[0] += first_outer(semantic) > POINTS;
        to_sphere[1] += first_outer(rest) > POINTS;
        all += first_outer(semantic) > 2 * POINTS;
    }
    run_row(r, "path D", RUN_NO_X, "agrees", all / n);
    run_row(r, "path D", RUN_NO_X, "agrees_to_sphere", to_sphere[0] / n);
    run_row(r, "path nuisance", RUN_NO_X, "agrees_to_sphere", to_sphere[1] / n);
}

static void inversion(run *r, sphere_net *s, mat x, codes z, tape *scratch, arena *memory)
{
    mat back = arena_mat(memory, x.rows, x.cols);
    firevnet_invert(&s->net, back, z.semantic, z.nuisance, scratch);
    run_row(r, "network", RUN_NO_X, "inversion_error", largest_difference(x, back));
}

/*
# Two planes

Both go through the origin: one through two points of the data, one of each sphere, the other through an
inner point and its metamer.
*/
static void planes(run *r, sphere_net *s, const pairs *p, tape *scratch, arena *memory)
{
    size_t d = s->data.d;
    double reach = 1.3 * s->data.radius[OUTER];
    real *origin = arena_take(memory, d, sizeof *origin);
    for (size_t j = 0; j < d; j++) origin[j] = 0;
    plane random = plane_through(origin, p->a.at, p->b.at, d, memory);
    plane metamer = plane_through(origin, p->a.at, p->met.at, d, memory);
    plane_regions(r, "plane random", &random, reach, set.side, s, scratch);
    plane_mark(r, "random x1", &random, p->a.at);
    plane_mark(r, "random x2", &random, p->b.at);
    plane_regions(r, "plane metamer", &metamer, reach, set.side, s, scratch);
    plane_mark(r, "metamer x", &metamer, p->a.at);
    plane_mark(r, "metamer x_met", &metamer, p->met.at);
}

static examples draw(run *r, const spheres *s, const char *stream, size_t n, arena *memory)
{
    examples of = { arena_mat(memory, n, s->d), arena_take(memory, n, sizeof *of.y) };
    gsl_rng *rng = rng_new(run_seed(r), stream);
    spheres_draw(of, s, rng);
    gsl_rng_free(rng);
    return of;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "fig3-spheres",
        .purpose = "Figure 3: an invertible network tells two spheres apart; what its metamers are.",
        .settings = { settings, sphere_net_settings } });
    arena *memory = arena_new();
    tape *scratch = tape_new();
    static sphere_net s;
    sphere_net_init(&s, memory);
    examples train = draw(r, &s.data, "train", set.samples, memory), other = draw(r, &s.data, "validation", set.validation, memory);
    learner m;
    learner_init(&m, r, &s, train, memory);
    posthoc after;
    posthoc_init(&after, r, &s.nuisance, train.x.rows, (posthoc_recipe){ set.batch, set.nuisance_epochs, set.nuisance_rate }, memory);
    run_resume(r);
    learn(&m, train);
    codes z = encode(&s, train.x, scratch, memory), other_z = encode(&s, other.x, scratch, memory);
    if (!posthoc_learn(&after, r, (examples){ z.nuisance, train.y }, set.nuisance_epochs))
        die(STATUS_FAILED, "the loss of the nuisance classifier is no number after %zu steps", after.step);
    accuracies(r, &s, z, train.y, "train_accuracy", memory);
    accuracies(r, &s, other_z, other.y, "validation_accuracy", memory);
    inversion(r, &s, other.x, other_z, scratch, memory);
    pairs p = metamers(&s, other, scratch, memory);
    judge(r, &s, &p, scratch, memory);
    walk(r, &s, &p, scratch, memory);
    planes(r, &s, &p, scratch, memory);
    trained_save(r, "ce", &s, sphere_net_keep);
    posthoc_free(&after);
    learner_free(&m);
    sphere_net_free(&s);
    tape_free(scratch);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
