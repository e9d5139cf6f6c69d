/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_RUN_H
#define RUN_RUN_H

#include <stdbool.h>

#include "run/checkpoint.h"
#include "tape/tape.h"

/*
# The harness of an experiment

A program says what it is and which settings it has; the harness does the command
line, the profiles, the seed, progress, checkpoints, and the result with its
provenance.

    static struct { size_t epochs; double rate; } set;
    static const run_setting settings[] = {
        //                         smoke quick desk paper
        { "epochs", &set.epochs, NULL, { 1, 5, 50, 50 }, "passes over the data", "III.A" },
        { "rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-3, 1e-3 }, "of Adam", "III.A" },
        { 0 }
    };

    int main(int argc, char **argv)
    {
        run *r = run_begin(argc, argv, &(run_program){
            .paper = "agarap2020", .experiment = "table4-fashion",
            .purpose = "Clusters Fashion-MNIST ...", .settings = { settings } });
        gsl_rng *order = rng_new(run_seed(r), "order");
        checkpoint *c = run_checkpoint(r);
        checkpoint_keep_rng(c, "order", order);
        run_resume(r);
        while (...) { ...; run_tick(r, step, steps, "SNNL-5"); }
        run_row(r, "SNNL-5", RUN_NO_X, "ACC", accuracy);
        run_end(r);
    }

# Profiles

| name | for |
|------|-----|
| smoke | tests: seconds |
| quick | a first look: minutes |
| desk | overnight on two cores |
| paper | the paper's protocol to the letter |

Every setting is an option that overrides its profile's value. A result says
`scale=paper` only if every setting has the value that the paper profile gives it, and
the data are the paper's; with all those settings, one that read a stand-in says
`scale=stand-in`; with lesser ones any says `scale=reduced`. One that read another set
altogether says `scale=other-data`, whatever its settings. A program
for the user's own data says `scale=own`, and is never judged.
*/
enum { RUN_PROFILES = 4 };

/* One of `count` (a whole number from 1) and `number` (from 0) is where the value goes;
   the other is NULL. Where all four values are 0 the program computes a default, and
   `help` says which. */
typedef struct run_setting {
    const char *name;
    size_t *count;
    double *number;
    double value[RUN_PROFILES];    /* smoke, quick, desk, paper */
    const char *help;
    const char *source;            /* where in the paper, or "ours" */
} run_setting;

/* A setting that is a text, the same in all profiles; what stands in `*text` before
   `run_begin` is its default, NULL if there is none. One that is NEEDED must be given. */
enum { OPTIONAL, NEEDED };
typedef struct run_word {
    const char *name;
    const char **text;
    const char *argument, *help;   /* as --help shows them: "FILE", "what is in it" */
    int needed;
} run_word;

enum { RUN_LISTS = 6 };
typedef struct run_program {
    const char *paper, *experiment;
    const char *purpose;           /* one sentence for --help */
    const char *reading;           /* how to read what it writes, and its cost: below the options of --help; or NULL */
    const run_setting *settings[RUN_LISTS];    /* its own and shared ones; each ends with { 0 } */
    const run_word *words;         /* likewise; NULL: none */
    const char *profile;           /* unless --profile says another; NULL: quick */
    bool own_data;                 /* the user's: the result's name must be given, end in .tsv, and
                                      not be that of another program's result */
} run_program;

typedef struct run run;

/* Reads the command line (wrong usage ends with status 64), sets the threads,
   and lets errors of GSL end the program with their message. */
run *run_begin(int argc, char **argv, const run_program *program);

unsigned long run_seed(const run *r);
const char *run_experiment(const run *r);

/*
A row of the result: `series x metric value`. A value that is not a number ends
the program, as does a row that is there already: one written in front of work
that ticks would be written again by a run that goes on from there.
*/
#define RUN_NO_X (-1e300)
void run_row(run *r, const char *series, double x, const char *metric, double value);

/* A point of a picture: the rows `x1`, `x2` and `class`. */
void run_point(run *r, const char *series, double x, double x1, double x2, int class);

/* Notes an input file in the provenance; a checkpoint made from another is refused. Comes
   before `run_resume`. */
void run_input(run *r, const char *path);

/* The data stand in for those of the paper: another sample of the same source, or other data
   altogether, which show the same question and answer nothing about the paper's. `note` tells
   a reader how. */
void run_stand_in(run *r, const char *note);
void run_other_data(run *r, const char *note);

/* Has every setting the paper profile's value, and were the data the paper's? A program that works
   on what a lesser run has left says `run_reduced`. */
bool run_full_scale(const run *r);
void run_reduced(run *r);

/* The run's checkpoint: name what must survive, then call `run_resume`, which is
   true if there was one. */
checkpoint *run_checkpoint(run *r);
bool run_resume(run *r);

/* The path of another file of this run: that of the result with `ending` in the place of
   .tsv. Ends the program if the result goes to standard output, which has no place
   beside it. */
void run_beside(const run *r, char *path, size_t size, const char *ending);

/* Has the result such a place? One on standard output has none. */
bool run_has_place(const run *r);

/* The path of a file beside another experiment's result: of the same paper and profile, in the directory of this
   result. `ending` takes the place of .tsv. */
void run_neighbour(const run *r, char *path, size_t size, const char *experiment, unsigned long seed,
                   const char *ending);

/* A remark on standard error, unless --quiet. */
void run_note(run *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The series' rows without an x, so far, in a line on standard error, unless --quiet. */
void run_tell(run *r, const char *series);

/* A file beside the result was written: `run_end` names it. */
void run_wrote(run *r, const char *path);

/* Ends the program if `input`, which it reads, is a file that it would write over: the result,
   its provenance, or one beside them with an ending of `beside`, which ends with NULL. */
void run_refuse_overwrite(const run *r, const char *input, const char *const *beside);

/* After every step: shows progress, and saves a checkpoint when it is time, or when someone
   stops the run, which then ends. */
void run_tick(run *r, size_t done, size_t total, const char *what);

/* The value of a loss; if it is not finite, the program ends, names the first
   operation whose value is not, and what would help. */
double run_loss(const tape *t, const node *loss);

/* Writes result and provenance, removes the checkpoint, frees `r`; says what was written if the
   data are the user's. */
void run_end(run *r);

/* Ends the program with status 2: `reason` says what is missing and how to get it.
   It is also left beside the place of the result, for the table of verdicts. */
_Noreturn void run_missing(run *r, const char *reason);

#endif
