/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Attacks

On a linear classifier, where the worst image is known: two classes, scores w.x and -w.x, so the
attack moves every pixel by epsilon against the sign of w, as far as [0, 1] allows. With a third
class the gradient turns on the way, and the attack is compared with its definition in a plain loop.

    attack [CASE]          all cases, or one
*/
#include <math.h>

#include "learn/attack.h"
#include "nn/dense.h"
#include "nn/losses.h"
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
            double wanted = fmin(1, fmax(0, x - copysign(how.epsilon, how.targeted ? -w : w)));
            worst = larger(worst, fabs((double)mat_row(found, i)[j] - wanted));
            farthest = larger(farthest, fabs((double)mat_row(found, i)[j] - x));
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
    compare(attack_fgsm(.2));
    compare(attack_bim(.2, .03, 7));
    compare((attack){ .epsilon = .1, .step = .03, .steps = 10, .targeted = true });
}

/*
# By hand

An image of two pixels at .5, scores x1 - 2 x2 and the negative: -.5 and .5, so class 0 costs
log(1 + e). An epsilon of .1 makes that -.8 and .8 uphill, and -.2 and .2 downhill.
*/
static double cost_of(const attack_victim *victim, mat x, const int *y)
{
    double cost = node_scalar(cross_entropy(t, victim->scores(t, victim->model, tape_input(t, x)), y));
    tape_reset(t);
    return cost;
}

static void test_hand(void)
{
    dense_layer l = dense_layer_new(memory, "linear", 2, 2, LINEAR);
    const real w[] = { 1, -1, -2, 2 };
    memcpy(l.w.value.at, w, sizeof w);
    mat_fill(l.b.value, 0);
    const attack_victim victim = { linear_scores, &l };
    const int y[] = { 0 };
    mat x = arena_mat(memory, 1, 2), found = arena_mat(memory, 1, 2);
    mat_fill(x, .5);
    gsl_test_rel(cost_of(&victim, x, y), log1p(exp(1)), tolerance(1e-6, 1e-14), "the image");
    attack_pgd(found, x, y, attack_fgsm(.1), &victim, NULL, t);
    gsl_test_rel(cost_of(&victim, found, y), log1p(exp(1.6)), tolerance(1e-6, 1e-14), "uphill");
    attack how = attack_fgsm(.1);
    how.targeted = true;
    attack_pgd(found, x, y, how, &victim, NULL, t);
    gsl_test_rel(cost_of(&victim, found, y), log1p(exp(.4)), tolerance(1e-6, 1e-14), "downhill");
}

/*
# Three classes, plainly

The gradient is $\sum_j (p_j - [j = y]) w_j$. In single precision the sign of a gradient close to 0 may
be another, and that pixel then goes another way.
*/
enum { K = 3 };

static double gradient_at(const double *x, const dense_layer *l, int y, size_t pixel)
{
    double p[K], sum = 0, g = 0;
    for (size_t j = 0; j < K; j++) {
        double z = (double)l->b.value.at[j];
        for (size_t i = 0; i < D; i++) z += x[i] * (double)mat_row(l->w.value, i)[j];
        sum += p[j] = exp(z);
    }
    for (size_t j = 0; j < K; j++)
        g += (p[j] / sum - ((int)j == y)) * (double)mat_row(l->w.value, pixel)[j];
    return g;
}

static void plainly(double *to, const real *x, const dense_layer *l, int y, attack how)
{
    for (size_t i = 0; i < D; i++) to[i] = (double)x[i];
    for (size_t s = 0; s < how.steps; s++) {
        double next[D];
        for (size_t i = 0; i < D; i++) {
            double g = gradient_at(to, l, y, i), way = how.targeted ? -1 : 1;
            next[i] = to[i] + way * (g > 0 ? how.step : g < 0 ? -how.step : 0);
            next[i] = fmin(fmax(next[i], (double)x[i] - how.epsilon), (double)x[i] + how.epsilon);
            next[i] = fmin(fmax(next[i], 0), 1);
        }
        memcpy(to, next, sizeof next);
    }
}

static void test_twin(void)
{
    gsl_rng *rng = rng_new(3, "twin");
    dense_layer l = dense_layer_new(memory, "linear", D, K, LINEAR);
    rng_normal(rng, l.w.value, 1);
    rng_normal(rng, l.b.value, 1);
    const attack_victim victim = { linear_scores, &l };
    mat x = arena_mat(memory, N, D), found = arena_mat(memory, N, D);
    int y[N];
    rng_uniform(rng, x, 0, 1);
    for (size_t i = 0; i < N; i++) y[i] = (int)(i % K);
    for (int targeted = 0; targeted < 2; targeted++) {
        attack how = attack_bim(.3, .02, 25);
        how.targeted = targeted;
        double before = cost_of(&victim, x, y), off = 0, inside = 0;
        attack_pgd(found, x, y, how, &victim, NULL, t);
        for (size_t i = 0; i < N; i++) {
            double wanted[D];
            plainly(wanted, mat_row(x, i), &l, y[i], how);
            for (size_t j = 0; j < D; j++) {
                off += fabs((double)mat_row(found, i)[j] - wanted[j]) > tolerance(1e-5, 1e-12);
                inside += fabs(wanted[j] - (double)mat_row(x, i)[j]) < how.epsilon - 1e-3;
            }
        }
        gsl_test(!(off <= tolerance(.01, 0) * N * D), "%g of %d pixels differ", off, N * D);
        gsl_test(!(inside > N * D / 20), "%g pixels end inside of the cube: some turned back", inside);
        double after = cost_of(&victim, found, y);
        gsl_test(!(targeted ? after < before : after > before), "the loss goes from %g to %g", before, after);
    }
    gsl_rng_free(rng);
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
        most = larger(most, fabs(moved));
        outside += found.at[i] < 0 || found.at[i] > 1;
    }
    gsl_test(!(fabs(mean) < .02 && most > .19 && most <= .2 + 1e-6 && outside == 0),
             "mean %g, farthest %g, %g outside", mean, most, outside);
    attack_pgd(found, s->x, s->y, (attack){ .epsilon = .2 }, &s->victim, NULL, t);
    gsl_test(memcmp(found.at, s->x.at, N * D * sizeof(real)), "no start, no steps: the image itself");
    gsl_rng_free(rng);
}

static const test_case cases[] = { { "corner", test_corner }, { "hand", test_hand }, { "twin", test_twin },
                                   { "start", test_start } };

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
