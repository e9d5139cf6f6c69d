/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The parts that the programs of bontonou2019 share

The loss against the Laplacian that it was derived from, and its gradient; what a network ends in; what it is
shown, and taught by; how it answers; what damage costs, and what a line is.

    bontonou2019 [CASE]    all cases, or one
*/
#include <math.h>

#include "../papers/bontonou2019/classifiers.h"
#include "../papers/bontonou2019/elongation.h"
#include "../papers/bontonou2019/embedder.h"
#include "../papers/bontonou2019/robustness.h"
#include "../papers/bontonou2019/preprocessing.h"
#include "../papers/bontonou2019/smoothness.h"
#include "../papers/bontonou2019/training.h"
#include "tape/arithmetic.h"
#include "tapes.h"

enum { B = 17, D = 3, CLASSES = 4 };
static int labels[B];

static mat places(unsigned long seed)
{
    gsl_rng *rng = rng_new(seed, "places");
    mat f = noise(rng, B, D);
    for (int i = 0; i < B; i++) labels[i] = (int)gsl_rng_uniform_int(rng, CLASSES);
    gsl_rng_free(rng);
    return f;
}

/*
# The twin

W of all neighbours, one after the other, strictly nearer ones first; then L = D - W and the sum of $s_c^\top L
s_c$ over the classes.
*/
static double gap(mat f, size_t i, size_t j)
{
    double sum = 0;
    for (size_t c = 0; c < f.cols; c++) sum += pow((double)mat_row(f, i)[c] - (double)mat_row(f, j)[c], 2);
    return sqrt(sum);
}

static bool among_nearest(mat f, size_t i, size_t j, size_t k)
{
    size_t before = 0;
    for (size_t o = 0; o < f.rows; o++)
        before += o != i && o != j && (gap(f, i, o) < gap(f, i, j) || (gap(f, i, o) == gap(f, i, j) && o < j));
    return before < k;
}

static double by_laplacian(mat f, const similarity *how, double *edges, double *pairs)
{
    double W[B][B] = { { 0 } }, smooth = 0;
    size_t k = how->k ? how->k : B;
    *edges = *pairs = 0;
    for (size_t i = 0; i < B; i++)
        for (size_t j = 0; j < B; j++) {
            bool edge = among_nearest(f, i, j, k) || (how->edges == EITHER && among_nearest(f, j, i, k));
            if (i == j) continue;
            if (edge) W[i][j] = exp(-how->alpha * pow(gap(f, i, j), how->squared ? 2 : 1));
            *pairs += labels[i] != labels[j];
            *edges += edge && labels[i] != labels[j];
        }
    for (int c = 0; c < CLASSES; c++)
        for (size_t i = 0; i < B; i++)
            for (size_t j = 0; j < B; j++) {
                double L = -W[i][j];
                for (size_t o = 0; o < B && i == j; o++) L += W[i][o];
                smooth += (labels[i] == c) * L * (labels[j] == c);
            }
    return smooth;
}

static const similarity readings[] = {
    { .alpha = 2, .take = SUM }, { .alpha = .3, .k = 1, .take = SUM }, { .alpha = 2, .k = 5, .take = SUM },
    { .alpha = 2, .k = 5, .edges = OWN, .take = SUM }, { .alpha = 2, .k = B - 2, .edges = OWN, .take = SUM },
    { .alpha = 1, .k = B - 1, .take = SUM }, { .alpha = 1, .k = 99, .take = SUM },
    { .alpha = 1, .k = 4, .take = SUM, .squared = true }, { .alpha = 7, .take = MEAN },
    { .alpha = 2, .k = 3, .take = MEAN }, { .alpha = 2, .k = 3, .take = MEAN_VERTEX }, { .alpha = 2, .k = 3, .take = MEAN_EDGE }, { .alpha = 2, .k = 3, .edges = OWN, .take = MEAN_EDGE },
};
enum { READINGS = sizeof readings / sizeof *readings };

static double loss_of(mat f, const similarity *how)
{
    double loss = node_scalar(smoothness(t, tape_input(t, f), labels, how));
    tape_reset(t);
    return loss;
}

static void test_definition(void)
{
    mat f = places(1);
    for (size_t i = 0; i < D; i++) mat_row(f, 5)[i] = mat_row(f, 9)[i] = mat_row(f, 2)[i];      /* ties */
    for (size_t n = 0; n < READINGS; n++) {
        double edges, pairs, smooth = by_laplacian(f, &readings[n], &edges, &pairs);
        const double z[] = { [SUM] = 1, [MEAN] = pairs, [MEAN_VERTEX] = B, [MEAN_EDGE] = edges };
        gsl_test_rel(loss_of(f, &readings[n]), smooth / z[readings[n].take], tolerance(1e-5, 1e-13), "reading %zu", n);
    }
}

/*
# The gradient
*/
static void test_gradient(void)
{
    mat f = places(2);
    for (size_t n = 0; n < READINGS; n++) {
        node *x = tape_variable(t, f);
        tape_backward(t, scale(t, smoothness(t, x, labels, &readings[n]), -1.5));
        mat grad = arena_mat(memory, B, D);
        mat_copy(grad, x->grad);
        tape_reset(t);
        double worst = 0, largest = 0;
        for (size_t e = 0; e < mat_size(f) && sizeof(real) == sizeof(double); e++) {
            real kept = f.at[e];
            const double h = 1e-5;
            f.at[e] = kept + (real)h;
            double above = loss_of(f, &readings[n]);
            f.at[e] = kept - (real)h;
            double below = loss_of(f, &readings[n]);
            f.at[e] = kept;
            worst = larger(worst, fabs(-1.5 * (above - below) / (2 * h) - (double)grad.at[e]));
            largest = larger(largest, fabs((double)grad.at[e]));
        }
        gsl_test(!(worst < 1e-8 * fmax(largest, 1e-3)), "reading %zu: gradient off by %.1e of %.1e", n, worst, largest);
    }
}

/* Equal places of different classes do not push each other, and push others as one would; a batch of one class
   is at peace. */
static void test_edges(void)
{
    real at[] = { 0, 0, 3, 0, 3, 4 };
    const int apart[] = { 0, 1, 2 }, alike[] = { 1, 1, 1 };
    node *f = tape_variable(t, mat_view((real[]){ 0, 0, 0, 0 }, 2, 2));
    node *loss = smoothness(t, f, apart, &(similarity){ .alpha = 2 });
    tape_backward(t, loss);
    gsl_test_abs(node_scalar(loss), 1, 0, "two in one place");
    for (size_t e = 0; e < 4; e++) gsl_test_abs((double)f->grad.at[e], 0, 0, "and no push");
    tape_reset(t);
    f = tape_variable(t, mat_view(at, 3, 2));
    loss = smoothness(t, f, alike, &(similarity){ .alpha = 2, .take = MEAN_EDGE });
    tape_backward(t, loss);
    gsl_test_abs(node_scalar(loss) + (double)f->grad.at[0], 0, 0, "one class");
    tape_reset(t);
    /* sides 3, 4 and 5 */
    f = tape_input(t, mat_view(at, 3, 2));
    gsl_test_rel(node_scalar(smoothness(t, f, apart, &(similarity){ .alpha = .1 })), (exp(-.3) + exp(-.4) + exp(-.5)) / 3,
                 tolerance(1e-6, 1e-14), "three, by hand");
    gsl_test_rel(node_scalar(smoothness(t, f, apart, &(similarity){ .alpha = .1, .k = 1, .edges = OWN, .take = SUM })),
                 2 * exp(-.3) + exp(-.4), tolerance(1e-6, 1e-14), "nearest neighbours, by hand");
    gsl_test_rel(node_scalar(smoothness(t, f, apart, &(similarity){ .alpha = .1, .k = 1, .take = SUM })),
                 2 * exp(-.3) + 2 * exp(-.4), tolerance(1e-6, 1e-14), "either way, by hand");
}

/* Two clusters a class, larger than k: nobody has a neighbour of another class, and the loss is 0; with all neighbours it is not. */
static void test_clusters(void)
{
    enum { EACH = 4, CLUSTERS = 4, ALL = EACH * CLUSTERS };
    mat f = arena_mat(memory, ALL, 2);
    int label[ALL];
    for (size_t i = 0; i < ALL; i++) {
        size_t cluster = i / EACH;
        label[i] = (int)(cluster % 2);
        mat_row(f, i)[0] = (real)(10 * (cluster / 2) + .01 * (double)(i % EACH));
        mat_row(f, i)[1] = (real)(10 * (cluster % 2));
    }
    for (size_t k = EACH - 1; k <= EACH; k++) {
        double loss = node_scalar(smoothness(t, tape_input(t, f), label, &(similarity){ .alpha = .1, .k = k }));
        gsl_test(k < EACH ? loss != 0 : !(loss > 0), "two clusters a class, %zu neighbours: %g", k, loss);
    }
    tape_reset(t);
}

/*
# What labels add

Of the way from all images in one place, a loss of 1, to each class in its corner of a simplex, the least loss that ten classes can
have in ten dimensions, nearly all is made by scattering the images over the sphere, whatever their labels.
*/
static void test_scattered(void)
{
    enum { IMAGES = 100, DIMS = 10, BATCHES = 50 };
    gsl_rng *rng = rng_new(4, "scattered");
    double loss = 0, corners = exp(-2 * sqrt(2.0 * DIMS / (DIMS - 1)));
    int label[IMAGES];
    for (int i = 0; i < IMAGES; i++) label[i] = i % DIMS;
    for (int k = 0; k < BATCHES; k++) {
        node *f = normalise_rows(t, tape_input(t, noise(rng, IMAGES, DIMS)));
        loss += node_scalar(smoothness(t, f, label, &(similarity){ .alpha = 2 })) / BATCHES;
        tape_reset(t);
    }
    double way = (1 - loss) / (1 - corners);
    gsl_test(!(way > .97 && way < .99), "scattered without labels: %.4f of the way, a loss of %.4f, at the corners %.4f", way, loss, corners);
    gsl_rng_free(rng);
}

/*
# Endings
*/
enum { FEW = 8, SIDE = 8 };

static embedder *embedder_new(mat *x)
{
    embedder *e = arena_take(memory, 1, sizeof *e);
    gsl_rng *rng = rng_new(3, "embedder");
    embedder_init(e, (image){ SIDE, SIDE, 3 }, 2, CLASSES, memory);
    embedder_start(e, rng);
    *x = noise(rng, FEW, SIDE * SIDE * 3);
    gsl_rng_free(rng);
    return e;
}

static outputs apply(embedder *e, const objective *o, mat x)
{
    return embedder_apply(t, e, o, tape_input(t, x), TRAINING);
}

static void test_endings(void)
{
    mat x;
    embedder *e = embedder_new(&x);
    objective sphere = proposed("", 6), plane = { .ends = PLANE, .d = 2 }, scores = cross_entropy_of(CLASSES), neck = plane;
    neck.ends = BOTTLENECK;
    mat all = apply(e, &scores, x).scores->value, place = apply(e, &sphere, x).place->value;
    for (size_t i = 0; i < FEW; i++) {
        double length = 0;
        for (size_t c = 0; c < 6; c++) length += pow((double)mat_row(place, i)[c], 2);
        gsl_test_rel(length, 1, tolerance(1e-5, 1e-9), "place %zu is on the sphere", i);
        gsl_test_rel((double)(mat_row(place, i)[0] * mat_row(all, i)[1]), (double)(mat_row(place, i)[1] * mat_row(all, i)[0]),
                     tolerance(1e-4, 1e-12), "in the direction of the same outputs");
    }
    gsl_test(all.cols != CLASSES || place.cols != 6 || apply(e, &sphere, x).scores, "%zu scores, %zu sides", all.cols, place.cols);
    mat flat = apply(e, &plane, x).place->value, led = apply(e, &neck, x).scores->value;
    for (size_t c = 0; c < 2; c++) {
        double mean = 0, square = 0;
        for (size_t i = 0; i < FEW; i++) {
            mean += (double)mat_row(flat, i)[c] / FEW;
            square += pow((double)mat_row(flat, i)[c], 2) / FEW;
        }
        gsl_test_abs(mean, 0, tolerance(1e-5, 1e-12), "mean of side %zu", c);
        gsl_test_rel(square, 1, 1e-2, "variance of side %zu", c);
    }
    double want = (double)e->behind.b.value.at[0];
    for (size_t c = 0; c < 2; c++) want += (double)mat_row(flat, 3)[c] * (double)mat_row(e->behind.w.value, c)[0];
    gsl_test_abs((double)mat_row(led, 3)[0], want, tolerance(1e-5, 1e-12), "a score behind the bottleneck");
}

/* Outputs that an objective leaves alone do not move, and every parameter has its gradient, in each ending. */
static void test_unused(void)
{
    mat x;
    embedder *e = embedder_new(&x);
    for (ending ends = SCORES; ends <= BOTTLENECK; ends++) {
        objective o = { .ends = ends, .d = ends == SCORES ? CLASSES : 2, .graph = { .alpha = 2 } };
        for (size_t i = 0; i < e->count; i++) mat_fill(e->parameters[i]->grad, (real)NAN);
        outputs of = apply(e, &o, x);
        places(1);
        tape_backward(t, objective_loss(t, &o, &of, labels));
        mat g = e->net.scores.w.grad;
        double used = 0, unused = 0;
        for (size_t i = 0; i < g.rows; i++)
            for (size_t j = 0; j < g.cols; j++) *(j < o.d ? &used : &unused) += fabs((double)mat_row(g, i)[j]);
        gsl_test(!(used > 0) || unused != 0, "ending %d: %g and %g", (int)ends, used, unused);
        gsl_test((ends == BOTTLENECK) != (e->behind.w.grad.at[0] != 0), "ending %d: the layer behind", (int)ends);
        for (size_t i = 0; i < e->count; i++)
            gsl_test(!mat_is_finite(e->parameters[i]->grad), "ending %d: \"%s\" got no gradient", (int)ends, e->parameters[i]->name);
        tape_reset(t);
    }
}

/*
# Sight

By hand: grey squares of 2 x 2, seen at half size, in place and elsewhere.
*/
static void test_preprocessing(void)
{
    enum { N = 2, FULL = 16 * 3 };
    gsl_rng *rng = rng_new(4, "preprocessing");
    mat x = noise(rng, N, FULL), small = arena_mat(memory, N, FULL / 4);
    gsl_rng_free(rng);
    preprocessing s = preprocessing_of(x, (image){ 4, 4, 3 }, 2);
    double mean[3] = { 0 }, square[3] = { 0 };
    double want[N][FULL / 4];
    for (size_t n = 0; n < N; n++)
        for (size_t e = 0; e < FULL / 4; e++) {
            size_t i = e / 6, j = e / 3 % 2, c = e % 3;
            const real *from = mat_row(x, n) + (i * 2 * 4 + j * 2) * 3 + c;
            want[n][e] = ((double)from[0] + (double)from[3] + (double)from[12] + (double)from[15]) / 4;
            mean[c] += want[n][e] / (4 * N);
            square[c] += pow(want[n][e], 2) / (4 * N);
        }
    preprocess(small, x, &s);
    for (size_t n = 0; n < N; n++)
        for (size_t e = 0; e < FULL / 4; e++) {
            size_t c = e % 3;
            gsl_test_abs((double)mat_row(small, n)[e], (want[n][e] - mean[c]) / sqrt(square[c] - mean[c] * mean[c]),
                         tolerance(1e-5, 1e-12), "image %zu, number %zu", n, e);
        }
    mat same = mat_view(x.at, N, FULL / 4);
    preprocess(same, x, &s);
    gsl_test(memcmp(same.at, small.at, mat_size(small) * sizeof(real)), "the same in place");
}

/* Twelve training places on a line, of which nine have one label: the nearest one decides alone, the nine outvote the
   other three wherever ten vote. */
static void test_classifiers(void)
{
    enum { N = 12 };
    real at[N] = { 0, 1, 1.1f, 5, 5.1f, 5.2f, 5.3f, 5.4f, 5.5f, 5.6f, 5.7f, 5.8f }, asked[] = { .4f, .9f, 5.4f };
    int of[N] = { 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
    const int y[] = { 2, 1, 0 };
    neighbour_errors found = error_of_neighbours(mat_view(asked, 3, 1), y, (examples){ mat_view(at, N, 1), of }, memory);
    gsl_test_abs(found.one, 0, 1e-12, "one neighbour");
    gsl_test_abs(found.ten, 200. / 3, 1e-12, "ten neighbours");
    real scores[] = { 1, 2, 0, 0, 0, -1, 3, 1, 2 };
    gsl_test_abs(error_of_scores(mat_view(scores, 3, 3), y), 200. / 3, 1e-12, "scores; the first of equals wins");
    gsl_test_abs(error_of_svc(mat_view(asked, 3, 1), y, (examples){ mat_view(at, N, 1), of }, GAMMA_SCALE, memory), 100. / 3, 1e-12,
                 "support vectors: one alone is on the wrong side");
}

/*
# Robustness

The baseline errs 10 % on clean images and 20, 30, 40, 50 and 60 on each corruption: 200 and 150 in sum. The
other errs by 16 and then half as much as the baseline on all but fog, where it is twice as bad.
*/
static void test_robustness(void)
{
    errors_of baseline = { .clean = 10 }, e = { .clean = 16 };
    for (size_t c = 0; c < CORRUPTIONS; c++)
        for (size_t s = 0; s < SEVERITIES; s++) {
            baseline.at[c][s] = 20 + 10 * (double)s;
            e.at[c][s] = baseline.at[c][s] * (c == 9 ? 2 : .5);
        }
    gsl_test_rel(mean_corruption_error(&baseline, &baseline), 100, 1e-12, "the baseline's own");
    gsl_test_rel(relative_corruption_error(&baseline, &baseline), 100, 1e-12, "relative");
    gsl_test_rel(mean_corruption_error(&e, &baseline), 100 * (14 * .5 + 2) / 15, 1e-12, "half, and once twice");
    gsl_test_rel(relative_corruption_error(&e, &baseline), 100 * (14 * (100. - 80) / 150 + (400. - 80) / 150) / 15, 1e-12,
                 "above their clean errors");
    for (size_t s = 0; s < SEVERITIES; s++) baseline.at[9][s] = 10;
    gsl_test_rel(relative_corruption_error(&e, &baseline), 100 * (100. - 80) / 150, 1e-12, "without what costs nothing");
    baseline.at[9][0] = 11;
    gsl_test_rel(least_cost(&baseline), .2, 1e-12, "fog costs a point in one severity of five");
    gsl_test_rel(corruption_quotient(&e, &baseline, 9), 100 * 400. / 51, 1e-12, "fog, twice what it was");
    gsl_test_rel(relative_quotient(&e, &baseline, 9), 100 * (400. - 80), 1e-9, "divided by very little");
    baseline.clean = .6;           /* three of 500, and one to five: their sum is fifteen only by rounding */
    for (size_t s = 0; s < SEVERITIES; s++) baseline.at[9][s] = 100 * (double)(s + 1) / 500;
    gsl_test(!isnan(relative_quotient(&e, &baseline, 9)), "nor is what rounding leaves a cost");
    baseline.clean = 100;
    gsl_test(!isnan(relative_corruption_error(&e, &baseline)), "where nothing does, there is no such number");
}

/*
# Lines and clusters

Points on a slanted line, and on rings around another middle: their covariance is the same in all directions.
*/
static void test_elongation(void)
{
    enum { N = 24 };
    real line[N][2], disc[N][2], both[2 * N][2];
    int y[2 * N] = { 0 };
    for (size_t i = 0; i < N; i++) {
        double angle = 2 * M_PI * (double)(i % 8) / 8, radius = 1 + (double)(i / 8);
        line[i][0] = (real)(.5 * (double)i - 3);
        line[i][1] = (real)(2 - .25 * (double)i);
        disc[i][0] = (real)(7 + radius * cos(angle));
        disc[i][1] = (real)(radius * sin(angle) - 1);
        for (size_t s = 0; s < 2; s++) {
            both[2 * i][s] = line[i][s];
            both[2 * i + 1][s] = disc[i][s];
        }
        y[2 * i + 1] = 1;
    }
    const int alike[N] = { 0 };
    gsl_test_abs(elongation(mat_view(line[0], N, 2), alike, 1), 1, tolerance(1e-5, 1e-12), "a line");
    gsl_test_abs(elongation(mat_view(disc[0], N, 2), alike, 1), 0, tolerance(1e-5, 1e-12), "a disc");
    gsl_test_abs(elongation(mat_view(both[0], 2 * N, 2), y, 2), .5, tolerance(1e-5, 1e-12), "one of each");
    for (size_t i = 0; i < N; i++) disc[i][0] *= 2;
    gsl_test_rel(elongation(mat_view(disc[0], N, 2), alike, 1), .75, tolerance(1e-5, 1e-12), "twice as wide as high");
}

/*
# Recipes

With the settings of the paper, and what 5,000 steps make of them.
*/
static void as_in_the_paper(const run_setting *s)
{
    for (; s->name; s++) {
        double value = s->value[RUN_PROFILES - 1];
        if (s->count) *s->count = (size_t)value;
        else *s->number = value;
    }
}

static void test_recipes(void)
{
    as_in_the_paper(training_settings);
    as_in_the_paper(descent_settings);
    as_in_the_paper(adam_settings);
    recipe d = descent(2550, true), a = by_adam(2500, false);
    gsl_test(d.rule != &nesterov || a.rule != &adam, "rules");
    gsl_test_abs(d.settings.momentum, .9, 0, "momentum");
    gsl_test_abs(d.settings.decay, 1e-4, 0, "weight decay");
    gsl_test_abs(a.settings.decay, 0, 0, "none in Adam");
    gsl_test(d.batch != 100 || d.steps != 200 * 25 || a.steps != d.steps, "%zu of %zu, %zu steps", d.steps, d.batch, a.steps);
    gsl_test(!d.moves.flip || a.moves.flip || d.moves.pad != 4, "moves");
    const struct { size_t step; double share; } fall[] = {
        { 0, 1 }, { 2499, 1 }, { 2500, .1 }, { 3749, .1 }, { 3750, .01 }, { 4999, .01 },
    };
    for (size_t i = 0; i < sizeof fall / sizeof *fall; i++) {
        gsl_test_rel(recipe_rate(&d, fall[i].step), .1 * fall[i].share, 1e-12, "descent, step %zu", fall[i].step);
        gsl_test_rel(recipe_rate(&a, fall[i].step), 1e-3 * fall[i].share, 1e-12, "Adam, step %zu", fall[i].step);
    }
}

static const test_case cases[] = {
    { "definition", test_definition }, { "gradient", test_gradient }, { "edges", test_edges }, { "clusters", test_clusters }, { "scattered", test_scattered },
    { "endings", test_endings },
    { "unused", test_unused }, { "preprocessing", test_preprocessing }, { "classifiers", test_classifiers },
    { "robustness", test_robustness }, { "elongation", test_elongation }, { "recipes", test_recipes },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
