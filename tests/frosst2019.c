/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The parts that the programs of frosst2019 share

Equation 3 against its two terms taken apart; the rules of the temperature; what a history says of a known
curve; games, and a training of two players, by hand.

    frosst2019 [CASE]      all cases, or one
*/
#include <math.h>

#include "../papers/frosst2019/gan.h"
#include "../papers/frosst2019/history.h"
#include "../papers/frosst2019/sample_quality.h"
#include "learn/entanglement.h"
#include "learn/triplet.h"
#include "nn/dense.h"
#include "nn/losses.h"
#include "tape/arithmetic.h"
#include "tapes.h"

enum { B = 24, D = 6, K = 3, LAYERS = 3 };
static int labels[B];

static outputs random_outputs(node **leaf, unsigned long seed)
{
    gsl_rng *rng = rng_new(seed, "outputs");
    outputs h = { .layers = LAYERS };
    for (size_t i = 0; i <= LAYERS; i++)
        leaf[i] = tape_variable(t, noise(rng, B, i < LAYERS ? D + i : K));
    for (size_t i = 0; i < LAYERS; i++) h.layer[i] = leaf[i];
    h.scores = leaf[LAYERS];
    for (int i = 0; i < B; i++) labels[i] = i % K;
    gsl_rng_free(rng);
    return h;
}

/*
# Equation 3

The gradient of each layer is alpha times that of its own loss, at its own temperature; that of the
scores is the cross-entropy's. Layers beyond `layers` get none.
*/
static void compare(objective o)
{
    temperatures T;
    temperatures_init(&T, LAYERS);
    temperatures_start(&T, &o);
    node *leaf[LAYERS + 1];
    outputs h = random_outputs(leaf, 1);
    double sum, alone = 0;
    node *loss = objective_loss(t, &o, &h, labels, &T, NULL, &sum);
    double total = node_scalar(loss);
    tape_backward(t, loss);
    mat grad[LAYERS + 1];
    for (size_t i = 0; i <= LAYERS; i++) {
        grad[i] = arena_mat(memory, leaf[i]->value.rows, leaf[i]->value.cols);
        mat_fill(grad[i], 0);
        if (leaf[i]->grad.at) mat_copy(grad[i], leaf[i]->grad);
    }
    tape_reset(t);

    h = random_outputs(leaf, 1);
    double entropy = node_scalar(cross_entropy(t, h.scores, labels)), off = 0;
    tape_reset(t);
    for (size_t i = 0; i < LAYERS; i++) {
        h = random_outputs(leaf, 1);
        bool part = o.alpha != 0 && (o.layers == 0 || i < o.layers);
        node *own = snnl(t, leaf[i], labels, tape_input(t, mat_view(&T.of[i].value, 1, 1)), o.distance);
        if (part) alone += node_scalar(own);
        tape_backward(t, own);
        for (size_t e = 0; e < mat_size(grad[i]); e++)
            off = larger(off, fabs((double)grad[i].at[e] - (part ? o.alpha * (double)leaf[i]->grad.at[e] : 0)));
        tape_reset(t);
    }
    gsl_test_rel(total, entropy + o.alpha * alone, tolerance(1e-5, 1e-12), "%s: L", o.name);
    gsl_test_abs(sum, alone, tolerance(1e-4, 1e-11), "%s: the sum of the layers", o.name);
    gsl_test(!(off < tolerance(1e-6, 1e-13)), "%s: gradients off by %.1e", o.name, off);
    temperatures_free(&T);
}

static void test_objective(void)
{
    compare((objective){ .name = "baseline" });
    compare((objective){ .name = "entangled", .alpha = -2, .temperature = 3, .rule = FIXED });
    compare((objective){ .name = "disentangled", .alpha = .5, .temperature = 3, .rule = BEST });
    compare((objective){ .name = "cosine", .alpha = -1, .temperature = .5, .rule = FIXED, .distance = COSINE });
    compare((objective){ .name = "two layers", .alpha = -1, .temperature = 3, .rule = FIXED, .layers = 2 });
}

/*
# Triplets

Class 0 at 0 and at 4, class 1 twice at 1: positives are at squared distance 16, 16, 0 and 0; negatives at 1 and 9 for
class 0, and at 1 or 9, as drawn, for either of class 1. Each of those at 1 leaves 1 - 1/D of its triplet, D being
`scale_of`, those at 9 nothing.
*/
static void test_triplets(void)
{
    gsl_rng *noise_of = rng_new(1, "triplets");
    objective o = { .name = "triplet", .alpha = -.5, .triplet = true };
    const int y[] = { 0, 0, 1, 1 };
    temperatures T;
    temperatures_init(&T, 1);
    for (size_t i = 0; i < 5; i++) {
        outputs h = { .layers = 1 };
        real place[] = { 0, 4, 1, 1 }, score[8] = { 0 };
        h.layer[0] = tape_variable(t, mat_view(place, 4, 1));
        h.scores = tape_variable(t, mat_view(score, 4, 2));
        double sum, total = node_scalar(objective_loss(t, &o, &h, y, &T, noise_of, &sum));
        gsl_test_rel(total, log(2) - .5 * sum, tolerance(1e-6, 1e-13), "cross-entropy and its part of the triplets");
        bool among = false;
        for (double ones = 0; ones <= 2; ones++) {
            double scale_of = (16 + 1 + 16 + 9 + ones + 9 * (2 - ones)) / 8;
            double want = (15 / scale_of + 1 + 7 / scale_of + 1 + ones * (1 - 1 / scale_of)) / 4;
            among = among || fabs(sum - want) < tolerance(1e-5, 1e-12);
        }
        gsl_test(!among, "the mean of the triplets is %g", sum);
        tape_reset(t);
    }
    size_t positive[4], negative[4];
    const int alone[] = { 2, 5, 5, 5 };
    triplet_sample(positive, negative, noise_of, alone, 4);
    gsl_test(positive[0] != 0 || negative[0] == 0, "alone in its class: its own positive");
    gsl_test(positive[1] == 1 || positive[1] == 0 || negative[1] != 0, "the others have others");
    temperatures_free(&T);
    gsl_rng_free(noise_of);
}

/*
# Temperatures

The best one is where the loss is least; a fixed one stays; each layer has its own.
*/
static double loss_at(mat x, double T)
{
    entanglement e = { x, x.rows, SQUARED_EUCLIDEAN, t, NULL };
    double loss = entanglement_at(&e, labels, T, NULL);
    tape_reset(t);
    return loss;
}

static void test_temperatures(void)
{
    node *leaf[LAYERS + 1];
    temperatures T;
    double sum, found[LAYERS];
    temperatures_init(&T, LAYERS);
    objective best = { .name = "best", .alpha = -1, .temperature = 7, .rule = BEST };
    temperatures_start(&T, &best);
    outputs h = random_outputs(leaf, 2);
    gsl_rng *rng = rng_new(2, "apart");
    for (size_t i = 0; i < LAYERS; i++)
        for (size_t r = 0; r < B; r++) mat_row(leaf[i]->value, r)[0] += (real)(2 * labels[r]);
    objective_loss(t, &best, &h, labels, &T, NULL, &sum);
    mat x[LAYERS];
    for (size_t i = 0; i < LAYERS; i++) {
        x[i] = leaf[i]->value;
        found[i] = snnl_temperature_now(&T.of[i]);
    }
    tape_reset(t);
    for (size_t i = 0; i < LAYERS; i++) {
        double least = loss_at(x[i], found[i]);
        gsl_test(!(least <= loss_at(x[i], 1.3 * found[i]) && least <= loss_at(x[i], found[i] / 1.3)),
                 "layer %zu: T = %g is the best nearby", i, found[i]);
    }
    objective fixed = { .name = "fixed", .alpha = -1, .temperature = 7, .rule = FIXED };
    temperatures_start(&T, &fixed);
    h = random_outputs(leaf, 3);
    objective_loss(t, &fixed, &h, labels, &T, NULL, &sum);
    for (size_t i = 0; i < LAYERS; i++) gsl_test_rel(snnl_temperature_now(&T.of[i]), 7, 1e-6, "a fixed T stays");
    temperatures_free(&T);
    gsl_rng_free(rng);
}

/*
# A history
*/
static void test_mean(void)
{
    double at[] = { 4, 2, 1, 3, 8, 4, 2, 0 }, step[] = { 0, 10, 20, 30 };
    history h = { 2, 4, at, step }, mean = history_mean(&h, 0, 2, memory);
    const double wanted[] = { 6, 3, 1.5, 1.5 };
    for (size_t k = 0; k < 4; k++) {
        gsl_test_abs(mean.at[k], wanted[k], 1e-15, "mean of two layers at look %zu", k);
        gsl_test_abs(mean.step[k], step[k], 0, "its step");
    }
}

/* Of a curve that falls to a half, rises, and ends between; from the second look on it rises throughout. */
static void test_course(void)
{
    double at[] = { 9, 9, 9, 9, 9, 8, 4, 5, 5.5, 6 }, step[] = { 0, 10, 20, 30, 40 };
    history h = { 2, 5, at, step };
    course c = history_course(&h, 1, 1);
    gsl_test_rel(c.least_over_start, .5, 1e-15, "the least over the start");
    gsl_test_rel(c.end_over_least, 1.5, 1e-15, "the end over the least");
    gsl_test_rel(c.end_over_early, 1.5, 1e-15, "the end over the second look");
    gsl_test_rel(c.correlation, 1, 1e-15, "it rises from the second look on");
    gsl_test_abs(history_course(&h, 1, 0).correlation, 0, 1e-15, "from the first look on, ranks 5 1 2 3 4: neither");
    gsl_test_abs(history_course(&h, 0, 0).correlation, 0, 0, "what stays has no correlation");
}

/* Of layers whose least entanglement is known: separated classes have none, one point has none to spare. */
static void test_least(void)
{
    gsl_rng *rng = rng_new(4, "least");
    mat x = noise(rng, B, 2), same = arena_mat(memory, B, 2);
    for (int i = 0; i < B; i++) {
        labels[i] = i % K;
        mat_row(x, (size_t)i)[0] += (real)(100 * labels[i]);
    }
    mat_fill(same, 1);
    double T;
    gsl_test_abs(entanglement_of_batch(x, labels, SQUARED_EUCLIDEAN, t, &T), 0, 1e-3, "separated classes");
    gsl_test(!(T > 0 && T < 1e4), "at T = %g", T);
    double chance = -log(SNNL_EPSILON + (B / K - 1.0) / (B - 1));
    gsl_test_rel(entanglement_of_batch(same, labels, SQUARED_EUCLIDEAN, t, &T), chance, 1e-4, "all at one point");
    gsl_test(!(T > 0 && isfinite(T)), "at T = %g", T);
    gsl_rng_free(rng);
}

/*
# Games

Played on the pixels, on images of one number, so that D(x) is x. Each loss against its formula; and what arrives at a synthetic image
when the generator plays: a step against that gradient is a step towards what the discriminator takes for real.
*/
enum { PLAYED = 7 };
static const double scores[2][PLAYED] = { { .3, -1.2, 2.5, 0, -.4, .9, 4 }, { -.7, .2, 1.1, -3, .6, 0, -.1 } };

static double mean_of(double (*f)(double), const double *d)
{
    double sum = 0;
    for (size_t i = 0; i < PLAYED; i++) sum += f(d[i]) / PLAYED;
    return sum;
}

static double taken_for_real(double d)  { return log1p(exp(-d)); }
static double taken_for_false(double d) { return log1p(exp(d)); }
static double far_from_one(double d)    { return (d - 1) * (d - 1) / 2; }
static double far_from_none(double d)   { return d * d / 2; }
static double plain(double d)           { return d; }

static const struct played { const game *rules; double (*real_side)(double), (*made_side)(double), (*wanted)(double); double sign, slope; } played[] = {
    { &game_vanilla, taken_for_real, taken_for_false, taken_for_real, 1, 1 },
    { &game_least_squares, far_from_one, far_from_none, far_from_one, 1, 1 },
    { &game_wasserstein, plain, plain, plain, -1, -1 },
};

static mat column(const double *d)
{
    mat x = arena_mat(memory, PLAYED, 1);
    for (size_t i = 0; i < PLAYED; i++) x.at[i] = (real)d[i];
    return x;
}

static void test_games(void)
{
    for (size_t k = 0; k < sizeof played / sizeof *played; k++) {
        const struct played *p = &played[k];
        node *x = tape_input(t, column(scores[0])), *made = tape_variable(t, column(scores[1]));
        double against = node_scalar(p->rules->discriminator(t, &player_pixels, x, made, NULL));
        gsl_test_rel(against, p->sign * mean_of(p->real_side, scores[0]) + mean_of(p->made_side, scores[1]),
                     tolerance(1e-5, 1e-13), "%s: the discriminator's loss", p->rules->name);
        node *loss = p->rules->generator(t, &player_pixels, x, made, NULL);
        gsl_test_rel(node_scalar(loss), p->slope * mean_of(p->wanted, scores[1]), tolerance(1e-5, 1e-13),
                     "%s: the generator's loss", p->rules->name);
        tape_backward(t, loss);
        for (size_t i = 0; i < PLAYED; i++) {
            double h = 1e-5, up = p->wanted(scores[1][i] + h), down = p->wanted(scores[1][i] - h);
            gsl_test_abs((double)made->grad.at[i], p->slope * (up - down) / (2 * h) / PLAYED, tolerance(1e-6, 1e-9),
                         "%s: what arrives at image %zu", p->rules->name, i);
        }
        tape_reset(t);
    }
}

/* The generator's loss is minus the discriminator's, at the same temperature: that of the rule. */
static void test_entanglement_games(void)
{
    int sides[2 * B];
    gsl_rng *rng = rng_new(5, "sides");
    mat both = noise(rng, 2 * B, D);
    for (int i = 0; i < 2 * B; i++) {
        sides[i] = i >= B;
        mat_row(both, (size_t)i)[0] += (real)(2 * sides[i]);
    }
    node *x = tape_input(t, mat_rows(both, 0, B)), *made = tape_variable(t, mat_rows(both, B, B));
    snnl_temperature T = snnl_temperature_new(3, 0);
    double kept = node_scalar(entanglement_stays.discriminator(t, &player_pixels, x, made, &T));
    gsl_test_rel(node_scalar(entanglement_stays.generator(t, &player_pixels, x, made, &T)), -kept, 1e-6, "one's loss is the other's gain");
    double followed = node_scalar(entanglement_follows.discriminator(t, &player_pixels, x, made, &T));
    double quarter = mean_distance(both, SQUARED_EUCLIDEAN) / 4;
    gsl_test_rel(snnl_temperature_now(&T), quarter, 1e-5, "T follows the distances");
    tape_reset(t);
    entanglement e = { both, 2 * B, SQUARED_EUCLIDEAN, t, NULL };
    gsl_test_rel(kept, entanglement_at(&e, sides, 3, NULL), tolerance(1e-4, 1e-12), "T stays: the loss");
    gsl_test_rel(followed, entanglement_at(&e, sides, quarter, NULL), tolerance(1e-4, 1e-12), "T follows: the loss");
    tape_reset(t);
    gsl_rng_free(rng);
}

/*
# Quality of samples

Three pixels by two of two channels, added up by hand. And a classifier that reads the class off an image: a class of 1 in 101
images is not there, one of 2 is, and an image that says nothing is of none.
*/
static outputs read_off(tape *on, void *model, node *x, batch_norm_mode mode)
{
    (void)on, (void)model, (void)mode;
    return (outputs){ .scores = x };
}

static void test_sample_quality(void)
{
    real pixel[2][12] = { { 0, 1,  .5, 1,  1, 0,   0, 0,  0, 1,  .25, 0 }, { 0 } };
    double across = .5 + 0 + .5 + 1 + 0 + 1 + .25 + 1, down = 0 + 1 + .5 + 0 + .75 + 0;
    gsl_test_abs(total_variation(mat_view(pixel[0], 2, 12), (image){ 2, 3, 2 }), (across + down) / 2, 1e-6, "total variation");
    enum { IMAGES = 101, CLASSES = 4 };
    mat x = arena_mat(memory, IMAGES, CLASSES);
    mat_fill(x, 0);
    for (size_t i = 0; i < 98; i++) mat_row(x, i)[i < 60 ? 0 : 3] = 20;
    mat_row(x, 98)[1] = 20;
    mat_row(x, 99)[2] = mat_row(x, 100)[2] = 20;
    network net = { .apply = read_off };
    recognition found = recognise(&net, x, t);
    gsl_test_int((int)found.classes, 3, "two images make a class, one does not");
    gsl_test_abs(found.confidence, 1, 1e-6, "all are certain");
    mat_fill(x, 1);
    found = recognise(&net, x, t);
    gsl_test_int((int)found.classes, 0, "what says nothing is of no class");
    gsl_test_abs(found.confidence, .25, 1e-6, "and its confidence is chance");
}

/*
# A training of two players

Each is one dense layer. Adam's first step, and without momentum every step along an unchanging gradient, is as long as
the rate.
*/
static node *line_apply(tape *on, void *model, node *x, batch_norm_mode mode)
{
    (void)mode;
    return dense_layer_apply(on, model, x);
}

static void line_start(void *model, gsl_rng *rng)
{
    dense_layer *l = model;
    (void)rng;
    mat_fill(l->w.value, (real).009);
    mat_fill(l->b.value, 0);
}

static player line(dense_layer *l, const char *name, size_t in, parameter **parameters)
{
    *l = dense_layer_new(memory, name, in, 1, LINEAR);
    parameters[0] = &l->w;
    parameters[1] = &l->b;
    return (player){ .model = l, .apply = line_apply, .start = line_start, .count = 2, .parameters = parameters };
}

static void test_gan(void)
{
    enum { STEPS = 30 };
    run *r = run_begin(8, (char *[]){ "gan", "--output", "-", "--quiet", "--batch", "8", "--noise", "3", NULL },
                       &(run_program){ .paper = "tests2026", .experiment = "gan", .purpose = "Section 1: two players.",
                                       .settings = { gan_settings } });
    dense_layer layer[2];
    parameter *parameters[2][2];
    gan g;
    mat images = arena_mat(memory, 16, 1);
    mat_fill(images, 1);
    gan_init(&g, r, line(&layer[0], "generator", 3, parameters[0]), line(&layer[1], "discriminator", 1, parameters[1]),
             images, (gan_plan){ (const game *const[]){ &game_wasserstein, &entanglement_falls }, 2, STEPS, STEPS }, memory);
    run_resume(r);
    for (size_t step = 0; step <= 1; step++) gan_next_look(&g);
    double critic = (double)layer[1].w.value.at[0], maker = (double)layer[0].b.value.at[0], rate = game_wasserstein.rate;
    gsl_test_rel(critic, .009 + (double)game_wasserstein.rounds * rate, 1e-4, "the critic has taken all its rounds");
    gsl_test_rel(maker, rate, 1e-3, "the generator one step, towards what the critic takes for real");
    while (!gan_last_look(&g)) gan_next_look(&g);
    gsl_test_rel((double)layer[1].w.value.at[0], game_wasserstein.bound, 1e-6, "the critic ends at its bound");
    size_t more = 0;
    while (gan_next_look(&g)) more++;
    gsl_test_int((int)more, STEPS + 1, "another game, looked at before each step and after the last");
    gsl_test_rel(g.T.first / snnl_temperature_now(&g.T), 30, 1e-4, "the temperature has fallen to a thirtieth");
    gan_free(&g);
    run_end(r);
}

static const test_case cases[] = {
    { "objective", test_objective }, { "temperatures", test_temperatures }, { "mean", test_mean },
    { "least", test_least }, { "triplets", test_triplets }, { "games", test_games },
    { "entanglement_games", test_entanglement_games }, { "sample_quality", test_sample_quality },
    { "course", test_course }, { "gan", test_gan },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
