/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The entanglement of one's own classes

The paper's measure for vectors that you bring, the codes of a network or anything else
with labels: the soft nearest neighbour loss at a temperature, at all temperatures, and
at the best.

    entanglement --vectors z.npy --labels y.csv --output entangled.tsv
    sh common/run/figure.sh entangled.tsv

*Reads* vectors, one a row, and labels, from `.npy`, `.csv` or `.tsv` files
(`data/vectors.h`). *Writes* what was measured into `entangled.tsv` and the classes one by one
into `entangled.classes.csv`; the second command draws `entangled.svg` and `entangled.png`. *Checked by*
`tests/entanglement.bats`.

| series of `entangled.tsv` | holds |
|---------------------------|-------|
| `data` | what was measured; `nearest_neighbour` is how often that is of the own class |
| `chance` | the loss where labels say nothing: the limit for high temperatures |
| `curve` | the loss at each temperature (equation 1), and with shuffled labels |
| `minimum` | its minimum over the temperature (equation 2); `shuffled_mean` is the mean of each shuffle's own minimum |
| `given` | the loss at `--temperature`, if there is one |

How to read it: near 0 the classes lie apart; at the loss of shuffled labels, where
`of_chance` is 1, they lie on top of each other. In `minimum` each shuffle of the labels is taken at its own best
temperature, as the true labels are, and not at the `temperature` that stands there; at one temperature for all,
`curve` and `given` compare. The least `snnl` there is lies a little
below 0: where all neighbours are of the own class the loss is $-\log(1 + \epsilon)$, and
$\epsilon = 10^{-5}$ makes that -9.99995e-06, which is to be read as 0.

`inside` is 1 where the curve has a minimum between its ends. Where it is 0 the curve falls on
towards one of them, or is flat, and `minimum` holds the lower end: with classes that lie well
apart the left one, where the range begins and nothing is left to lose; with classes that
coincide the right one.

*Cost:* a measurement of all n vectors of d features takes $n^2 d$ flops, of batches of b
$n b d$, and each labelling, the true one and the shuffled ones, is measured about 30
times. On two cores, 10,000 vectors of 64 features take about half a minute, of 784 two.
*/
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"          /* gives: die */
#include "base/rng.h"            /* gives: rng_new, rng_permutation */
#include "learn/entanglement.h"  /* gives: entanglement_at, entanglement_least */
#include "sample.h"              /* gives: sample_new, sample_range */

static const char *vectors, *labels_file, *distance_name = "squared-euclidean";
static struct { size_t batch, points, shuffles; double temperature, from, to; } set;

static const run_word words[] = {
    { "vectors", &vectors, "FILE", "the vectors, one a row: .npy, .csv or .tsv", NEEDED },
    { "labels", &labels_file, "FILE", "labels of the vectors: words, or whole numbers from 0", NEEDED },
    { "distance", &distance_name, "NAME", "squared-euclidean (default) or cosine", OPTIONAL },
    { 0 }
};
static const run_setting settings[] = {
    { "temperature", NULL, &set.temperature, { 0 },
      "a temperature to measure at as well; 0 for none", "equation 1" },
    { "from", NULL, &set.from, { 0 },
      "the curve's lowest temperature; without it, by the vectors' distances", "ours" },
    { "to", NULL, &set.to, { 0 },
      "the curve's highest temperature; without it, by the vectors' distances", "ours" },
    { "points", &set.points, NULL, { 25, 25, 25, 25 },
      "temperatures of the curve, evenly spaced in log T", "ours" },
    { "batch", &set.batch, NULL, { 0 },
      "how many vectors see each other, 256 in the paper; without it, all", "footnote 3" },
    { "shuffles", &set.shuffles, NULL, { 5, 5, 5, 5 },
      "how often the labels are shuffled to see what chance gives", "ours" },
    { 0 }
};

static const char reading[] =
    "How to read the result: snnl is the loss, near 0 where the classes lie apart. shuffled_mean and shuffled_sd "
    "are that of shuffled labels, and of_chance is snnl over shuffled_mean: 1 where the classes lie on top of each "
    "other. Series \"curve\" has them at each temperature and \"given\" at --temperature. \"minimum\" has snnl at its best "
    "temperature, which it names; its shuffled_mean is no loss at that temperature, but the mean of each shuffle's own minimum. "
    "inside is 1 where the best lies between the ends of the curve, 0 where the curve still falls at an end.\n\n"
    "Cost: n vectors of d features take about 200 n^2 d flops at the default settings, with --batch b 200 n b d. Memory is "
    "that of the vectors. On two cores, 10,000 vectors of 64 features take about half a minute, of 784 two.";

/*
# What is measured, and at which temperatures
*/
static distance distance_named(const char *name)
{
    if (strcmp(name, "squared-euclidean") == 0) return SQUARED_EUCLIDEAN;
    if (strcmp(name, "cosine") == 0) return COSINE;
    die(STATUS_USAGE, "--distance %s: expected squared-euclidean or cosine", name);
}

/* Below, $1/T$ comes near what a float can hold; above, the weight that PAIR_EXCLUDED
   gives a vector for itself is no longer 0. */
static void require_possible(double T, const char *what, int status)
{
    if (T < 1e-30 || T > 1e27)
        die(status, "%s %g: expected a temperature from 1e-30 to 1e27; change the unit of the vectors",
            what, T);
}

static sample read_sample(run *r, arena *memory)
{
    static const char *const beside[] = { ".classes.csv", NULL };
    char path[4096];
    distance kind = distance_named(distance_name);
    run_beside(r, path, sizeof path, beside[0]);         /* before the work, not after */
    if (set.points < 3) die(STATUS_USAGE, "--points %zu: expected 3 or more", set.points);
    if (set.shuffles < 2) die(STATUS_USAGE, "--shuffles %zu: expected 2 or more", set.shuffles);
    if (set.batch == 1) die(STATUS_USAGE, "--batch 1: expected 2 or more");
    if (set.temperature > 0) require_possible(set.temperature, "--temperature", STATUS_USAGE);
    if (set.from > 0) require_possible(set.from, "--from", STATUS_USAGE);
    if (set.to > 0) require_possible(set.to, "--to", STATUS_USAGE);
    /* Squared distances stay far below PAIR_EXCLUDED. */
    own in = own_read(r, vectors, labels_file, beside, 1e9, memory);
    sample s = sample_new(in, vectors, set.batch, kind, run_seed(r), memory);
    if (in.of.classes == 1)
        run_note(r, "%s: a single class: shuffled labels are the same, and of_chance is 1 everywhere",
                 labels_file);
    return s;
}

static double *temperatures(const sample *s, arena *memory)
{
    double from, to, *T = arena_take(memory, set.points, sizeof *T);
    sample_range(&from, &to, s, memory);
    if (set.from > 0) from = set.from;
    if (set.to > 0) to = set.to;
    require_possible(from, "the curve begins at", STATUS_FAILED);
    require_possible(to, "the curve ends at", STATUS_FAILED);
    if (!(from < to)) die(STATUS_USAGE, "a curve from %g to %g: expected --from below --to", from, to);
    for (size_t k = 0; k < set.points; k++)
        T[k] = from * pow(to / from, (double)k / (double)(set.points - 1));
    return T;
}

/*
# The true labels and the shuffled ones

Each labelling has a curve, a minimum, and a loss at the given temperature. The first
one is the true one; the others show what the same vectors, with as many of each
class, give by chance.
*/
typedef struct labelling {
    int *y;
    double *loss;                  /* at each temperature of the curve */
    entanglement_minimum least;
    double given;
} labelling;

static labelling *labellings(run *r, const sample *s, double *loss, arena *memory)
{
    size_t n = s->e.x.rows, *order = arena_take(memory, n, sizeof *order);
    labelling *all = arena_take(memory, set.shuffles + 1, sizeof *all);
    gsl_rng *rng = rng_new(run_seed(r), "shuffles");
    for (size_t l = 0; l <= set.shuffles; l++) {
        all[l] = (labelling){ .y = s->y, .loss = loss + l * set.points };
        if (l == 0) continue;
        all[l].y = arena_take(memory, n, sizeof *all[l].y);
        rng_permutation(rng, order, n);
        for (size_t i = 0; i < n; i++) all[l].y[i] = s->y[order[i]];
    }
    gsl_rng_free(rng);
    return all;
}

static labelling *measure(run *r, sample *s, const double *T, arena *memory)
{
    size_t total = (set.shuffles + 1) * set.points, done = 0;
    double *loss = memset(arena_take(memory, total, sizeof *loss), 0, total * sizeof *loss);
    labelling *all = labellings(r, s, loss, memory);
    checkpoint_keep(run_checkpoint(r), "loss", loss, total * sizeof *loss);
    checkpoint_keep(run_checkpoint(r), "done", &done, sizeof done);
    run_resume(r);
    while (done < total) {
        loss[done] = entanglement_at(&s->e, all[done / set.points].y, T[done % set.points], NULL);
        done++;
        run_tick(r, done, total, "curves");
    }
    for (size_t l = 0; l <= set.shuffles; l++) {
        all[l].least = entanglement_least(&s->e, all[l].y, T, all[l].loss, set.points);
        if (set.temperature > 0)
            all[l].given = entanglement_at(&s->e, all[l].y, set.temperature, NULL);
    }
    return all;
}

/*
# What is written
*/
static size_t count_true(const bool *b, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += b[i];
    return count;
}

static void record_data(run *r, const sample *s, arena *scratch)
{
    size_t n = s->e.x.rows;
    run_row(r, "data", RUN_NO_X, "vectors", (double)s->of.n);
    run_row(r, "data", RUN_NO_X, "features", (double)s->e.x.cols);
    run_row(r, "data", RUN_NO_X, "classes", (double)s->of.classes);
    run_row(r, "data", RUN_NO_X, "batch", (double)s->e.batch);
    run_row(r, "data", RUN_NO_X, "measured", (double)n);
    run_row(r, "data", RUN_NO_X, "alone", (double)s->alone);
    run_row(r, "data", RUN_NO_X, "nearest_neighbour", (double)count_true(s->agrees, n) / (double)n);
    run_row(r, "chance", RUN_NO_X, "snnl", entanglement_by_chance(&s->e, s->y, scratch));
}

static void record_loss(run *r, const char *series, double x, double loss, const double *shuffled)
{
    double mean = gsl_stats_mean(shuffled, 1, set.shuffles);
    run_row(r, series, x, "snnl", loss);
    run_row(r, series, x, "shuffled_mean", mean);
    run_row(r, series, x, "shuffled_sd", gsl_stats_sd_m(shuffled, 1, set.shuffles, mean));
    run_row(r, series, x, "of_chance", loss / mean);
}

static void record(run *r, const double *T, const labelling *all, arena *scratch)
{
    double *shuffled = arena_take(scratch, set.shuffles, sizeof *shuffled);
    for (size_t k = 0; k < set.points; k++) {
        for (size_t l = 0; l < set.shuffles; l++) shuffled[l] = all[l + 1].loss[k];
        record_loss(r, "curve", T[k], all[0].loss[k], shuffled);
    }
    for (size_t l = 0; l < set.shuffles; l++) shuffled[l] = all[l + 1].least.loss;
    run_row(r, "minimum", RUN_NO_X, "temperature", all[0].least.T);
    run_row(r, "minimum", RUN_NO_X, "inside", all[0].least.inside);
    record_loss(r, "minimum", RUN_NO_X, all[0].least.loss, shuffled);
    if (set.temperature == 0) return;
    for (size_t l = 0; l < set.shuffles; l++) shuffled[l] = all[l + 1].given;
    run_row(r, "given", RUN_NO_X, "temperature", set.temperature);
    record_loss(r, "given", RUN_NO_X, all[0].given, shuffled);
}

/*
# Class by class

The mean over its vectors of what each costs: weighted with the sizes of the classes, these
are the loss again. A class without a vector in a whole batch has no line.
*/
typedef struct class_sums { size_t n, agrees; double minimum, given; } class_sums;

static class_sums *sum_classes(sample *s, const entanglement_minimum *least, arena *memory)
{
    size_t n = s->e.x.rows, classes = s->of.classes;
    class_sums *sum = memset(arena_take(memory, classes, sizeof *sum), 0, classes * sizeof *sum);
    double *minimum = arena_take(memory, n, sizeof *minimum);
    double *given = memset(arena_take(memory, n, sizeof *given), 0, n * sizeof *given);
    entanglement_at(&s->e, s->y, least->T, minimum);
    if (set.temperature > 0) entanglement_at(&s->e, s->y, set.temperature, given);
    for (size_t i = 0; i < n; i++) {
        class_sums *c = &sum[s->y[i]];
        c->n++;
        c->agrees += s->agrees[i];
        c->minimum += minimum[i];
        c->given += given[i];
    }
    return sum;
}

static void write_classes(run *r, const sample *s, const class_sums *sum)
{
    atomic_file f;
    own_open(&f, r, ".classes.csv");
    fprintf(f.stream, "class,vectors,nearest_neighbour,snnl_minimum%s\n",
            set.temperature > 0 ? ",snnl_given" : "");
    for (size_t c = 0; c < s->of.classes; c++) {
        double n = (double)sum[c].n;
        if (sum[c].n == 0) continue;
        own_name(f.stream, s->of.name[c]);
        fprintf(f.stream, ",%zu,%.9g,%.9g", sum[c].n, (double)sum[c].agrees / n, sum[c].minimum / n);
        if (set.temperature > 0) fprintf(f.stream, ",%.9g", sum[c].given / n);
        fputc('\n', f.stream);
    }
    own_close(&f, r);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "entanglement",
        .purpose = "Measures how entangled the classes of your own vectors are.",
        .reading = reading,
        .settings = { settings }, .words = words, .profile = "paper", .own_data = true });
    arena *memory = arena_new();
    sample s = read_sample(r, memory);
    double *T = temperatures(&s, memory);
    labelling *all = measure(r, &s, T, memory);
    record_data(r, &s, memory);
    record(r, T, all, memory);
    run_tell(r, "minimum");
    write_classes(r, &s, sum_classes(&s, &all[0].least, memory));
    tape_free(s.e.t);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
