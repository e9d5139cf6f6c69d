/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# An experiment about nothing

A program of the harness whose result means nothing but whose every step depends on
all that a checkpoint has to bring back: weights, Adam's memory, the order of the
data, a stream of random numbers, the rows written so far. `tests/run.bats` kills it
at any moment. It can also be told to go wrong.

    run --steps 200 --sick 7        the loss is infinite in step 7
    run checkpoint DIRECTORY        damages a checkpoint in every byte
    run sets DIRECTORY              a small set in the form of Fashion-MNIST

The small set has 1,200 and 300 pictures of 12 x 12: programs that read Fashion-MNIST
can then be tested where it is not, and in seconds where it is.
*/
#include <gsl/gsl_test.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/error.h"
#include "base/rng.h"
#include "data/batches.h"
#include "nn/dense.h"
#include "nn/losses.h"
#include "nn/optimizer.h"
#include "run/keep.h"
#include "run/run.h"
#include "tape/arithmetic.h"

/*
# The experiment
*/
static struct { size_t steps, units, sick, bad_row, twice; double rate; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 100, 200, 300, 400 }, "of training", "section 1" },
    { "units", &set.units, NULL, { 30, 30, 30, 30 }, "hidden", "ours" },
    { "sick", &set.sick, NULL, { 0, 0, 0, 0 }, "the step whose loss is infinite", "ours" },
    { "bad-row", &set.bad_row, NULL, { 0, 0, 0, 0 }, "the step that writes a NaN", "ours" },
    { "twice", &set.twice, NULL, { 0, 0, 0, 0 }, "the step that writes a row twice", "ours" },
    { "rate", NULL, &set.rate, { 0.01, 0.01, 0.01, 0.01 }, "of Adam", "equation 2" },
    { 0 }
};

enum { N = 100, D = 20, K = 3, BATCH = 32 };

typedef struct training {
    dense_layer hidden, class;
    parameter *all[4];
    optimizer *adam;
    batches data;
    gsl_rng *order, *noise;
    struct { size_t step; double sum; } at;
} training;

static void training_init(training *m, run *r, arena *memory)
{
    gsl_rng *init = rng_new(run_seed(r), "init");
    m->hidden = dense_layer_new(memory, "hidden", D, set.units, TANH);
    m->class = dense_layer_new(memory, "class", set.units, K, LINEAR);
    parameter *all[] = { &m->hidden.w, &m->hidden.b, &m->class.w, &m->class.b };
    memcpy(m->all, all, sizeof all);
    init_he(init, m->hidden.w.value);
    init_he(init, m->class.w.value);
    gsl_rng_free(init);
    m->adam = optimizer_new(&adam, m->all, 4, ADAM_DEFAULTS);
    m->order = rng_new(run_seed(r), "order");
    m->noise = rng_new(run_seed(r), "noise");
    batches_init(&m->data, N, BATCH, KEEP_LAST, m->order, memory);
    m->at.step = 0;
    m->at.sum = 0;

    checkpoint *c = run_checkpoint(r);
    keep_parameters(c, m->all, 4);
    keep_optimizer(c, "adam", m->adam);
    checkpoint_keep(c, "at", &m->at, sizeof m->at);
    keep_batches(c, &m->data);
    checkpoint_keep_rng(c, "noise stream", m->noise);
}

/* Labels by the first column; noise is drawn anew each step, as dropout would. */
static void step(training *m, run *r, tape *t)
{
    size_t count;
    const size_t *index = batches_next(&m->data, &count);
    mat x = arena_mat(tape_arena(t), count, D);
    int *labels = arena_take(tape_arena(t), count, sizeof *labels);
    rng_normal(m->noise, x, 1);
    for (size_t i = 0; i < count; i++) {
        labels[i] = (int)(index[i] % K);
        mat_row(x, i)[0] += (real)labels[i];
    }
    node *h = dense_layer_apply(t, &m->hidden, tape_input(t, x));
    if (m->at.step + 1 == set.sick) h = scale(t, h, INFINITY);
    node *loss = cross_entropy(t, dense_layer_apply(t, &m->class, h), labels);
    m->at.sum += run_loss(t, loss);
    tape_backward(t, loss);
    optimizer_step(m->adam, set.rate);
    tape_reset(t);
    m->at.step++;
    if (m->at.step % 10 == 0) run_row(r, "training", (double)m->at.step, "loss", m->at.sum / 10);
    if (m->at.step % 10 == 0) m->at.sum = 0;
    if (m->at.step == set.bad_row) run_row(r, "training", RUN_NO_X, "bad", NAN);
    for (size_t i = 0; i < 2 && m->at.step == set.twice; i++) run_row(r, "training", (double)set.twice, "twice", 0);
}

static int experiment(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "tests2026", .experiment = "run",
        .purpose = "Section 1: learns nothing, to the same bytes.",
        .settings = { settings } });
    arena *memory = arena_new();
    tape *t = tape_new();
    training m;
    training_init(&m, r, memory);
    if (!run_resume(r)) run_row(r, "start", RUN_NO_X, "weight", (double)m.hidden.w.value.at[0]);
    while (m.at.step < set.steps) {
        step(&m, r, t);
        run_tick(r, m.at.step, set.steps, "learning nothing");
    }
    for (size_t i = 0; i < set.units; i++)
        run_row(r, "end", (double)i, "weight", (double)m.class.w.value.at[i]);
    optimizer_free(m.adam);
    gsl_rng_free(m.order);
    gsl_rng_free(m.noise);
    tape_free(t);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}

/*
# A checkpoint, damaged everywhere

Cut off at every length, and with every byte changed, it must either be refused and
leave the state alone, or bring back the very state that was saved (there are bytes
behind the end of a name that mean nothing).
*/
typedef struct state { double numbers[3]; gsl_rng *rng; text rows; } state;

static checkpoint *checkpoint_of(state *s, const char *path, const char *fingerprint)
{
    checkpoint *c = checkpoint_new(path, fingerprint);
    checkpoint_keep(c, "numbers", s->numbers, sizeof s->numbers);
    checkpoint_keep_rng(c, "stream", s->rng);
    checkpoint_keep_text(c, "rows", &s->rows);
    return c;
}

static void state_fill(state *s, double number, const char *row)
{
    for (int i = 0; i < 3; i++) s->numbers[i] = number;
    gsl_rng_set(s->rng, 100 + (unsigned long)number);
    s->rows.length = 0;
    text_append(&s->rows, "%s", row);
}

static int state_is(const state *s, double number, const char *row)
{
    gsl_rng *fresh = gsl_rng_alloc(gsl_rng_taus2);
    gsl_rng_set(fresh, 100 + (unsigned long)number);
    int same = memcmp(gsl_rng_state(fresh), gsl_rng_state(s->rng), gsl_rng_size(fresh)) == 0
            && s->numbers[0] == number && s->numbers[1] == number && s->numbers[2] == number
            && s->rows.length == strlen(row) && memcmp(s->rows.at, row, strlen(row)) == 0;
    gsl_rng_free(fresh);
    return same;
}

static size_t read_file(unsigned char *bytes, size_t most, const char *path)
{
    FILE *in = fopen(path, "r");
    REQUIRE(in, "%s is not there", path);
    size_t size = fread(bytes, 1, most, in);
    fclose(in);
    return size;
}

static void write_file(const char *path, const unsigned char *bytes, size_t size)
{
    FILE *out = fopen(path, "w");
    REQUIRE(out && fwrite(bytes, 1, size, out) == size && fclose(out) == 0, "%s", path);
}

/* Loads what lies at `path` into a state of twos; what came of it. */
typedef enum { REFUSED, RESTORED, BROKEN } outcome;

static outcome outcome_of(checkpoint *c, state *s)
{
    state_fill(s, 2, "two\n");
    int loaded = checkpoint_load(c);
    if (loaded == -1 && state_is(s, 2, "two\n")) return REFUSED;
    return loaded == 1 && state_is(s, 1, "one\n") ? RESTORED : BROKEN;
}

static void damage(checkpoint *c, state *s, const char *path)
{
    static unsigned char whole[1 << 14], changed[1 << 14];
    size_t size = read_file(whole, sizeof whole, path), refused = 0, broken = 0;
    for (size_t keep = 0; keep < size; keep++) {
        write_file(path, whole, keep);
        gsl_test(outcome_of(c, s) != REFUSED, "the first %zu of %zu bytes are refused: %s", keep, size,
                 error_text());
    }
    for (size_t at = 0; at < size; at++) {
        memcpy(changed, whole, size);
        changed[at] ^= (unsigned char)(1 << at % 8);
        write_file(path, changed, size);
        outcome o = outcome_of(c, s);
        refused += o == REFUSED;
        broken += o == BROKEN;
        if (o == BROKEN) printf("byte %zu of %zu: %s\n", at, size, error_text());
    }
    gsl_test(broken != 0, "%zu of %zu changed bytes go unnoticed and change the state", broken, size);
    gsl_test(refused < 100, "only %zu of %zu changed bytes are noticed", refused, size);
    write_file(path, whole, size);
    gsl_test(outcome_of(c, s) != RESTORED, "whole again, it is restored: %s", error_text());
}

static int test_checkpoint(const char *directory)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/new/test.checkpoint", directory);
    state s = { .rng = gsl_rng_alloc(gsl_rng_taus2) };
    checkpoint *c = checkpoint_of(&s, path, "run a"), *other = checkpoint_of(&s, path, "run b");
    state_fill(&s, 2, "two\n");
    gsl_test(checkpoint_load(c) != 0 || !state_is(&s, 2, "two\n"), "no checkpoint is no trouble");
    state_fill(&s, 1, "one\n");
    gsl_test(checkpoint_save(c) != 0, "saved, with its directory: %s", error_text());
    gsl_test(outcome_of(c, &s) != RESTORED, "restored");
    gsl_test(outcome_of(other, &s) != REFUSED, "not by another run");
    gsl_test(!strstr(error_text(), "belongs to another run: it is of \"run a\", this is \"run b\""),
             "which is told: %s", error_text());
    damage(c, &s, path);
    checkpoint_remove(c);
    gsl_test(checkpoint_load(c) != 0, "removed");
    checkpoint_free(c);
    checkpoint_free(other);
    checkpoint_free(NULL);
    gsl_rng_free(s.rng);
    free(s.rows.at);
    return gsl_test_summary();
}

/*
# Small sets

Pictures of 12 x 12 in the place of each set that an experiment reads: bright stripes,
whose distance and direction the class decides, at a place drawn at random, and noise.
*/
enum { SIDE = 12 };

typedef struct small {
    const char *name, *train, *test, *ending;
    unsigned classes;
} small;

static const small sets[] = {
    { "mnist", "train", "t10k", "", 10 },
    { "fashion-mnist", "train", "t10k", ".gz", 10 },
    { "emnist47", "emnist47-train", "emnist47-test", ".gz", 47 },
    { "notmnist", NULL, "notmnist-test", ".gz", 10 },
};

static void big_endian(gzFile out, uint32_t value)
{
    unsigned char bytes[] = { (unsigned char)(value >> 24), (unsigned char)(value >> 16),
                              (unsigned char)(value >> 8), (unsigned char)value };
    gzwrite(out, bytes, sizeof bytes);
}

static gzFile open_part(const char *directory, const small *s, const char *part, const char *what,
                        uint32_t magic, uint32_t count)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s-%s-ubyte%s", directory, s->name, part, what, s->ending);
    gzFile out = gzopen(path, *s->ending ? "wb1" : "wbT");
    if (!out) die(STATUS_FAILED, "%s: cannot write", path);
    big_endian(out, magic);
    big_endian(out, count);
    return out;
}

static void write_part(const char *directory, const small *s, const char *part, uint32_t count)
{
    gsl_rng *rng = rng_new(1, part);
    gzFile images = open_part(directory, s, part, "images-idx3", 0x803, count);
    gzFile labels = open_part(directory, s, part, "labels-idx1", 0x801, count);
    big_endian(images, SIDE);
    big_endian(images, SIDE);
    for (uint32_t i = 0; i < count; i++) {
        unsigned char label = (unsigned char)(i % s->classes), picture[SIDE * SIDE];
        unsigned gap = 2 + label / 2u, shift = (unsigned)gsl_rng_uniform_int(rng, 2);
        for (unsigned p = 0; p < SIDE * SIDE; p++) {
            unsigned along = label % 2 ? p % SIDE : p / SIDE;
            unsigned bright = (along + shift) % gap == 0 ? 150 : 0;
            picture[p] = (unsigned char)(bright + gsl_rng_uniform_int(rng, 100));
        }
        gzwrite(images, picture, sizeof picture);
        gzwrite(labels, &label, 1);
    }
    gzclose(images);
    gzclose(labels);
    gsl_rng_free(rng);
}

static int write_sets(const char *directory)
{
    mkdir(directory, 0777);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", directory, sets[i].name);
        mkdir(path, 0777);
        if (sets[i].train) write_part(directory, &sets[i], sets[i].train, 1200);
        write_part(directory, &sets[i], sets[i].test, 300);
    }
    return STATUS_DONE;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "checkpoint") == 0) return test_checkpoint(argv[2]);
    if (argc == 3 && strcmp(argv[1], "sets") == 0) return write_sets(argv[2]);
    return experiment(argc, argv);
}
