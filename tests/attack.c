/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Attacks

On a linear classifier, where the worst image is known: two classes, scores w.x and -w.x, so the
attack moves every pixel by epsilon against the sign of w, as far as [0, 1] allows.

    attack [CASE]          all cases, or one
*/
#include <math.h>

#include "learn/attack.h"
#include "nn/dense.h"
#include "tapes.h"

enum { N = 20, D = 30 };

static node *linear_scores(tape *on, void *model, node *x)
{
    return dense_layer_apply(on, model, x);
}

typedef struct scene { dense_layer l; mat x; int y[N]; attack_victim victim; } scene;

static scene *scene_new(gsl_rng *rng)
{
    scene *s = arena_take(memory, 1, sizeof *s);
    s->l = dense_layer_new(memory, "linear", D, 2, LINEAR);
    rng_normal(rng, s->l.w.value, 1);
    for (size_t i = 0; i < D; i++) mat_row(s->l.w.value, i)[1] = -mat_row(s->l.w.value, i)[0];
    s->x = arena_mat(memory, N, D);
    rng_uniform(rng, s->x, 0, 1);
    for (size_t i = 0; i < N; i++) s->y[i] = (int)(i % 2);
    s->victim = (attack_victim){ linear_scores, &s->l };
    return s;
}

static void compare(attack how)
{
    gsl_rng *rng = rng_new(1, "attack");
    scene *s = scene_new(rng);
    mat found = arena_mat(memory, N, D);
    mat_fill(s->l.w.grad, 7);
    attack_pgd(found, s->x, s->y, how, &s->victim, rng, t);
    double worst = 0, farthest = 0;
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < D; j++) {
            double x = (double)mat_row(s->x, i)[j], w = (double)mat_row(s->l.w.value, j)[s->y[i]];
            double wanted = fmin(1, fmax(0, x - copysign(how.epsilon, w)));
            worst = fmax(worst, fabs((double)mat_row(found, i)[j] - wanted));
            farthest = fmax(farthest, fabs((double)mat_row(found, i)[j] - x));
        }
    gsl_test(!(worst < tolerance(1e-6, 1e-12)), "%zu steps of %g: off by %.1e", how.steps, how.step, worst);
    gsl_test(!(farthest < how.epsilon + tolerance(1e-6, 1e-12)), "within %g: %g", how.epsilon, farthest);
    gsl_test((double)s->l.w.grad.at[0] != 7, "the gradients of the weights are left alone");
    gsl_rng_free(rng);
}

/* With steps enough to cross the cube every way of starting ends in the same corner. */
static void test_corner(void)
{
    compare((attack){ .epsilon = .1, .step = .1, .steps = 1 });
    compare((attack){ .epsilon = .1, .step = .03, .steps = 10 });
    compare((attack){ .epsilon = .3, .step = .05, .steps = 13, .random_start = true });
}

/* Without steps only the start is there: uniform in the cube, within [0, 1]. */
static void test_start(void)
{
    gsl_rng *rng = rng_new(2, "start");
    scene *s = scene_new(rng);
    mat found = arena_mat(memory, N, D);
    attack_pgd(found, s->x, s->y, (attack){ .epsilon = .2, .random_start = true }, &s->victim, rng, t);
    double mean = 0, most = 0, outside = 0;
    for (size_t i = 0; i < N * D; i++) {
        double moved = (double)found.at[i] - (double)s->x.at[i];
        mean += moved / N / D;
        most = fmax(most, fabs(moved));
        outside += found.at[i] < 0 || found.at[i] > 1;
    }
    gsl_test(!(fabs(mean) < .02 && most > .19 && most <= .2 + 1e-6 && outside == 0),
             "mean %g, farthest %g, %g outside", mean, most, outside);
    attack_pgd(found, s->x, s->y, (attack){ .epsilon = .2 }, &s->victim, NULL, t);
    gsl_test(memcmp(found.at, s->x.at, N * D * sizeof(real)), "no start, no steps: the image itself");
    gsl_rng_free(rng);
}

static const test_case cases[] = { { "corner", test_corner }, { "start", test_start } };

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
