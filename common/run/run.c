/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <argp.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic.h"
#include "base/error.h"
#include "base/threads.h"
#include "run/progress.h"
#include "run/provenance.h"
#include "run/run.h"

static const char *const profile_name[RUN_PROFILES] = { "smoke", "quick", "desk", "paper" };
enum { SMOKE, QUICK, DESK, PAPER };
enum { PATH = 4096, SETTINGS = 48, WORDS = 8, MOST_THREADS = 1024 };

struct run {
    const run_program *program;
    int profile, threads;
    bool quiet, paper_scale, stand_in;
    unsigned long seed;
    double save_every, saved;      /* seconds */
    char output[PATH];
    text rows;
    checkpoint *state;
    provenance origin;
    progress shown;
    size_t settings;
    const run_setting *setting[SETTINGS];
    const char *given[SETTINGS];   /* the option's text, or NULL */
    size_t words;
};

/*
# Options

Those of every program, and one for each setting. `argp` prints the help; the
table of profiles comes from the settings.
*/
enum { KEY_PROFILE = 'p', KEY_SEED = 's', KEY_OUTPUT = 'o', KEY_THREADS = 't', KEY_QUIET = 'q',
       KEY_SAVE = 1000, KEY_SETTING = 2000, KEY_WORD = 3000 };

const char *argp_program_version = "tangle 1.0";

static const struct argp_option common_options[] = {
    { "profile", KEY_PROFILE, "NAME", 0, "smoke, quick, desk or paper", 1 },
    { "seed", KEY_SEED, "N", 0, "seed of all random streams, from 1 (default 1)", 1 },
    { "output", KEY_OUTPUT, "FILE", 0,
      "result (default results/PROFILE/PAPER/EXPERIMENT.seedN.tsv; - for standard output)", 1 },
    { "threads", KEY_THREADS, "N", 0, "threads (default: one a core); changes no result", 1 },
    { "checkpoint-every", KEY_SAVE, "SECONDS", 0, "time between checkpoints (default 60)", 1 },
    { "quiet", KEY_QUIET, NULL, 0, "no progress", 1 },
};

static void gather_settings(run *r, const run_setting *s)
{
    for (; s && s->name; s++) {
        REQUIRE(r->settings < SETTINGS, "more than %d settings", SETTINGS);
        r->setting[r->settings++] = s;
    }
}

static void count_words(run *r)
{
    const run_word *w = r->program->words;
    while (w && w[r->words].name) r->words++;
    REQUIRE(r->words <= WORDS, "%zu words", r->words);
}

static double number_of(struct argp_state *state, const char *name, const char *word)
{
    char *end;
    double value = strtod(word, &end);
    if (end == word || *end || !isfinite(value))
        argp_error(state, "--%s: \"%s\" is not a number", name, word);
    return value;
}

static unsigned long whole_of(struct argp_state *state, const char *name, const char *word,
                              double least)
{
    double value = number_of(state, name, word);
    if (value < least || value > 9e15 || value != floor(value))
        argp_error(state, "--%s: \"%s\"; expected a whole number from %.0f", name, word, least);
    return (unsigned long)value;
}

static int profile_of(struct argp_state *state, const char *word)
{
    for (int i = 0; i < RUN_PROFILES; i++)
        if (strcmp(word, profile_name[i]) == 0) return i;
    argp_error(state, "--profile: \"%s\"; expected smoke, quick, desk or paper", word);
    return QUICK;
}

static int threads_of(struct argp_state *state, const char *word)
{
    unsigned long threads = whole_of(state, "threads", word, 1);
    if (threads > MOST_THREADS)
        argp_error(state, "--threads: \"%s\"; expected at most %d", word, MOST_THREADS);
    return (int)threads;
}

static void set_name(run *r, struct argp_state *state, const char *word)
{
    if (!*word || strlen(word) + sizeof ".checkpoint.tmp" > PATH)
        argp_error(state, "--output: a name of %zu characters", strlen(word));
    snprintf(r->output, PATH, "%s", word);
}

static error_t parse(int key, char *word, struct argp_state *state)
{
    run *r = state->input;
    switch (key) {
    case KEY_PROFILE: r->profile = profile_of(state, word); return 0;
    case KEY_SEED:    r->seed = whole_of(state, "seed", word, 1); return 0;
    case KEY_OUTPUT:  set_name(r, state, word); return 0;
    case KEY_THREADS: r->threads = threads_of(state, word); return 0;
    case KEY_SAVE:    r->save_every = number_of(state, "checkpoint-every", word); return 0;
    case KEY_QUIET:   r->quiet = true; return 0;
    }
    if (key >= KEY_SETTING && key < KEY_SETTING + (int)r->settings) {
        const run_setting *s = r->setting[key - KEY_SETTING];
        if (s->count) whole_of(state, s->name, word, 1);
        else number_of(state, s->name, word);
        r->given[key - KEY_SETTING] = word;
        return 0;
    }
    if (key >= KEY_WORD && key < KEY_WORD + (int)r->words) {
        *r->program->words[key - KEY_WORD].text = word;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static char *describe_setting(const run_setting *s)
{
    text line = { 0 };
    text_append(&line, "%s [", s->help);
    for (int i = 0; i < RUN_PROFILES; i++)
        text_append(&line, "%s%s %g", i ? ", " : "", profile_name[i], s->value[i]);
    text_append(&line, "; %s]", s->source);
    return line.at;
}

static void parse_options(run *r, int argc, char **argv)
{
    enum { COMMON = sizeof common_options / sizeof *common_options };
    struct argp_option option[COMMON + SETTINGS + WORDS + 1] = { 0 };
    char profiles[64];
    memcpy(option, common_options, sizeof common_options);
    snprintf(profiles, sizeof profiles, "%s (default %s)", option[0].doc, profile_name[r->profile]);
    option[0].doc = profiles;
    for (size_t i = 0; i < r->settings; i++) {
        const run_setting *s = r->setting[i];
        option[COMMON + i] = (struct argp_option){ s->name, KEY_SETTING + (int)i,
                                                   s->count ? "N" : "X", 0, describe_setting(s), 2 };
    }
    for (size_t i = 0; i < r->words; i++) {
        const run_word *w = &r->program->words[i];
        option[COMMON + r->settings + i] = (struct argp_option){ w->name, KEY_WORD + (int)i,
                                                                 w->argument, 0, w->help, 3 };
    }
    const struct argp spec = { option, parse, NULL, r->program->purpose, NULL, NULL, NULL };
    argp_err_exit_status = STATUS_USAGE;
    argp_parse(&spec, argc, argv, 0, NULL, r);
    for (size_t i = 0; i < r->settings; i++) free((char *)option[COMMON + i].doc);
}

/*
# Settings

The profile's value, unless the command line gave another.
*/
static double setting_value(const run_setting *s)
{
    return s->count ? (double)*s->count : *s->number;
}

static void apply_settings(run *r)
{
    for (size_t i = 0; i < r->settings; i++) {
        const run_setting *s = r->setting[i];
        double value = r->given[i] ? strtod(r->given[i], NULL) : s->value[r->profile];
        if (s->count) *s->count = (size_t)value;
        else *s->number = value;
    }
}

static bool is_paper_scale(const run *r)
{
    for (size_t i = 0; i < r->settings; i++)
        if (setting_value(r->setting[i]) != r->setting[i]->value[PAPER])
            return false;
    return true;
}

static const char *scale_of(const run *r)
{
    return !r->paper_scale ? "reduced" : r->stand_in ? "stand-in" : "paper";
}

static void set_output(run *r)
{
    if (!r->output[0])
        snprintf(r->output, PATH, "results/%s/%s/%s.seed%lu.tsv", profile_name[r->profile],
                 r->program->paper, r->program->experiment, r->seed);
}

/* The output's path with its ending replaced: .json, .checkpoint, .missing. */
static void beside(const run *r, char *path, const char *ending)
{
    size_t length = strlen(r->output);
    if (length > 4 && strcmp(r->output + length - 4, ".tsv") == 0) length -= 4;
    snprintf(path, PATH, "%.*s%s", (int)length, r->output, ending);
}

static bool to_standard_output(const run *r)
{
    return strcmp(r->output, "-") == 0;
}

static bool to_a_file(const run *r)
{
    return !to_standard_output(r) && !atomic_is_special(r->output);
}

/*
# Beginning
*/
static void gsl_failed(const char *reason, const char *file, int line, int code)
{
    die(STATUS_FAILED, "GSL, %s:%d: %s (%s)", file, line, reason, gsl_strerror(code));
}

/* A place that cannot be written to is better known before the work than after. */
static void require_writable(const run *r)
{
    atomic_file f;
    if (!to_a_file(r)) return;
    if (atomic_open(&f, r->output) != 0) die(STATUS_FAILED, "%s", error_text());
    fclose(f.stream);
    unlink(f.temporary);
}

static void make_checkpoint(run *r)
{
    char path[PATH];
    text fingerprint = { 0 };
    text_append(&fingerprint, "%s %s, profile %s, seed %lu, %zu-byte numbers", r->program->paper,
                r->program->experiment, profile_name[r->profile], r->seed, sizeof(real));
    for (size_t i = 0; i < r->settings; i++)
        text_append(&fingerprint, ", %s %.9g", r->setting[i]->name,
                    setting_value(r->setting[i]));
    for (size_t i = 0; i < r->words; i++) {
        const char *word = *r->program->words[i].text;
        text_append(&fingerprint, ", %s %s", r->program->words[i].name, word ? word : "-");
    }
    beside(r, path, ".checkpoint");
    r->state = checkpoint_new(path, fingerprint.at);
    checkpoint_keep_text(r->state, "rows", &r->rows);
    free(fingerprint.at);
}

run *run_begin(int argc, char **argv, const run_program *program)
{
    run *r = calloc(1, sizeof *r);
    REQUIRE(r, "no memory for a run");
    *r = (run){ .program = program, .profile = QUICK, .seed = 1, .save_every = 60 };
    for (size_t i = 0; i < RUN_LISTS; i++) gather_settings(r, program->settings[i]);
    count_words(r);
    for (int i = 0; program->profile && i < RUN_PROFILES; i++)
        if (strcmp(program->profile, profile_name[i]) == 0) r->profile = i;
    provenance_begin(&r->origin, argc, argv);
    parse_options(r, argc, argv);
    apply_settings(r);
    r->paper_scale = is_paper_scale(r);
    set_output(r);
    require_writable(r);
    gsl_set_error_handler(gsl_failed);
    threads_begin(r->threads);
    progress_begin(&r->shown, r->quiet);
    r->origin.seed = r->seed;
    r->saved = progress_clock();
    make_checkpoint(r);
    return r;
}

unsigned long run_seed(const run *r)
{
    return r->seed;
}

/*
# Going on
*/
void run_row(run *r, const char *series, double x, const char *metric, double value)
{
    if (!isfinite(value))
        die(STATUS_FAILED, "%s of %s is %g: a result must be a number", metric, series, value);
    text_append(&r->rows, "%s\t", series);
    if (x == RUN_NO_X) text_append(&r->rows, ".");
    else text_append(&r->rows, "%.9g", x);
    text_append(&r->rows, "\t%s\t%.9g\n", metric, value);
}

void run_input(run *r, const char *path)
{
    provenance_input(&r->origin, path);
}

void run_stand_in(run *r)
{
    r->stand_in = true;
}

checkpoint *run_checkpoint(run *r)
{
    return r->state;
}

bool run_resume(run *r)
{
    if (!to_a_file(r)) return false;
    int loaded = checkpoint_load(r->state);
    if (loaded < 0) die(STATUS_FAILED, "%s", error_text());
    if (loaded && !r->quiet) fprintf(stderr, "  resumed from a checkpoint\n");
    return loaded;
}

void run_beside(const run *r, char *path, size_t size, const char *ending)
{
    char whole[PATH];
    if (!to_a_file(r))
        die(STATUS_USAGE, "--output %s: expected a file, whose name other files share", r->output);
    beside(r, whole, ending);
    REQUIRE(strlen(whole) < size, "a path of %zu bytes, room for %zu", strlen(whole), size);
    snprintf(path, size, "%s", whole);
}

void run_tick(run *r, size_t done, size_t total, const char *what)
{
    progress_show(&r->shown, done, total, "%s", what);
    if (!to_a_file(r) || progress_clock() - r->saved < r->save_every) return;
    if (checkpoint_save(r->state) != 0) die(STATUS_FAILED, "%s", error_text());
    r->saved = progress_clock();
}

double run_loss(const run *r, const tape *t, const node *loss)
{
    double value = node_scalar(loss);
    if (isfinite(value)) return value;
    const node *born = tape_first_not_finite(t);
    die(STATUS_FAILED, "%s: the loss is %g; the first value that is not finite came from \"%s\" "
        "(%zu x %zu)", r->program->experiment, value, born ? born->name : loss->name,
        born ? born->value.rows : 1, born ? born->value.cols : 1);
}

/*
# Ending

First the provenance, then the result: where the result is, the run is complete.
*/
static void write_provenance(const run *r)
{
    char path[PATH];
    atomic_file f;
    beside(r, path, ".json");
    if (atomic_open(&f, path) != 0) die(STATUS_FAILED, "%s", error_text());
    provenance_write(&r->origin, f.stream);
    if (atomic_close(&f) != 0) die(STATUS_FAILED, "%s", error_text());
}

static void print_result(const run *r, FILE *out)
{
    fprintf(out, "# paper=%s experiment=%s profile=%s scale=%s seed=%lu\n"
            "series\tx\tmetric\tvalue\n", r->program->paper, r->program->experiment,
            profile_name[r->profile], scale_of(r), r->seed);
    if (r->rows.at) fwrite(r->rows.at, 1, r->rows.length, out);
}

static void write_result(const run *r)
{
    atomic_file f;
    if (to_standard_output(r)) {
        print_result(r, stdout);
        if (fflush(stdout) != 0 || ferror(stdout))
            die(STATUS_FAILED, "standard output: writing failed: %s", strerror(errno));
        return;
    }
    if (atomic_open(&f, r->output) != 0) die(STATUS_FAILED, "%s", error_text());
    print_result(r, f.stream);
    if (atomic_close(&f) != 0) die(STATUS_FAILED, "%s", error_text());
}

void run_end(run *r)
{
    char missing[PATH];
    progress_end(&r->shown);
    if (to_a_file(r)) write_provenance(r);
    write_result(r);
    beside(r, missing, ".missing");
    if (to_a_file(r)) {
        unlink(missing);
        checkpoint_remove(r->state);
    }
    checkpoint_free(r->state);
    free(r->rows.at);
    free(r);
}

_Noreturn void run_missing(run *r, const char *reason)
{
    char path[PATH];
    atomic_file f;
    beside(r, path, ".missing");
    if (to_a_file(r) && atomic_open(&f, path) == 0) {
        fprintf(f.stream, "%s\n", reason);
        atomic_close(&f);
    }
    die(STATUS_MISSING, "%s", reason);
}
