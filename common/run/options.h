/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

#include "base/text.h"
#include "run/run.h"

/*
# The command line of an experiment

What the harness (`run/run.h`) is told: profile, seed, where the result goes, and the
value of each setting, which is its profile's unless the command line gives another.
*/
enum { OPTIONS_PATH = 4096, OPTIONS_SETTINGS = 48, OPTIONS_WORDS = 8 };

typedef struct options {
    const run_program *program;
    int profile, threads;
    bool quiet;
    unsigned long seed;
    double save_every;             /* seconds */
    char output[OPTIONS_PATH];
    size_t settings, words;
    const run_setting *setting[OPTIONS_SETTINGS];
    const char *given[OPTIONS_SETTINGS];       /* the option's text, or NULL */
} options;

/* Fills `o`, and the variables behind the program's settings and words. Wrong usage
   ends the program with status 64. */
void options_read(options *o, int argc, char **argv, const run_program *program);

const char *options_profile(const options *o);

/* Has every setting the value of the paper profile? */
bool options_are_the_papers(const options *o);

/* What was asked for, in one line: experiment, profile, seed and the value of each setting. Of the
   program's own version it says nothing. */
void options_fingerprint(const options *o, text *to);

/* The output's path with its ending replaced: .json, .checkpoint, .missing. `path` has
   room for OPTIONS_PATH bytes. */
void options_beside(const options *o, char *path, const char *ending);

#endif
