/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "run/options.h"

static const char *const profile_name[RUN_PROFILES] = { "smoke", "quick", "desk", "paper" };
enum { SMOKE, QUICK, DESK, PAPER };
enum { MOST_THREADS = 1024 };

/*
# What may stand on the command line

Options of every program, and one for each setting. `argp` prints the help; the
table of profiles comes from the settings.
*/
enum { KEY_PROFILE = 'p', KEY_SEED = 's', KEY_OUTPUT = 'o', KEY_THREADS = 't', KEY_QUIET = 'q',
       KEY_SAVE = 1000, KEY_SETTING = 2000, KEY_WORD = 3000 };

const char *argp_program_version = "tangle 1.0";

enum { NEEDED_GROUP = 1, COMMON_GROUP, SETTINGS_GROUP, WORDS_GROUP };   /* in this order in the help */
enum { OUTPUT = 2 };                                     /* its place in common_options */
static const struct argp_option common_options[] = {
    { "profile", KEY_PROFILE, "NAME", 0, "smoke, quick, desk or paper", COMMON_GROUP },
    { "seed", KEY_SEED, "N", 0, "seed of all random streams, from 1 (default 1)", COMMON_GROUP },
    { "output", KEY_OUTPUT, "FILE", 0,
      "result (default results/PROFILE/PAPER/EXPERIMENT.seedN.tsv; - for standard output)", COMMON_GROUP },
    { "threads", KEY_THREADS, "N", 0, "threads (default: one a core); changes no result", COMMON_GROUP },
    { "checkpoint-every", KEY_SAVE, "SECONDS", 0, "time between checkpoints (default 60)", COMMON_GROUP },
    { "quiet", KEY_QUIET, NULL, 0, "no progress", COMMON_GROUP },
};

/* Where the data are the user's, --output is of the kind of a word. */
static const run_word own_result = { "output", NULL, "FILE.tsv", "the result; what else is written lies beside it", NEEDED };

const char *options_profile(const options *o)
{
    return profile_name[o->profile];
}

static void gather(options *o, const run_setting *s)
{
    for (; s && s->name; s++) {
        REQUIRE(o->settings < OPTIONS_SETTINGS, "more than %d settings", OPTIONS_SETTINGS);
        for (size_t i = 0; i < o->settings; i++)
            REQUIRE(strcmp(o->setting[i]->name, s->name) != 0, "two settings --%s", s->name);
        o->setting[o->settings++] = s;
    }
}

static void count_words(options *o)
{
    const run_word *w = o->program->words;
    while (w && w[o->words].name) o->words++;
    REQUIRE(o->words <= OPTIONS_WORDS, "%zu words", o->words);
}

static double number_of(struct argp_state *state, const char *name, const char *word)
{
    double value = 0;
    if (!number_read(&value, word)) argp_error(state, "--%s: \"%s\" is not a number", name, word);
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

static bool ends_in_tsv(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, ".tsv") == 0;
}

static void set_name(options *o, struct argp_state *state, const char *word)
{
    if (!*word || strlen(word) + sizeof ".checkpoint.tmp" > OPTIONS_PATH)
        argp_error(state, "--output: a name of %zu characters; expected from 1 to %zu", strlen(word),
                   OPTIONS_PATH - sizeof ".checkpoint.tmp");
    if (o->program->own_data && !ends_in_tsv(word))
        argp_error(state, "--output: \"%s\"; expected a file that ends in .tsv, and whose name other files share", word);
    snprintf(o->output, OPTIONS_PATH, "%s", word);
}

/*
Of a program for the user's own data some options are no options: it asks for what it reads first,
then for where the result goes, and shows all of them in a line of usage.
*/
static void ask_for(struct argp_state *state, const run_word *w)
{
    fprintf(stderr, "%s: expected --%s %s: %s\n", state->name, w->name, w->argument, w->help);
    argp_state_help(state, stderr, ARGP_HELP_SHORT_USAGE | ARGP_HELP_STD_ERR);
}

static void require_needed(const options *o, struct argp_state *state)
{
    for (const run_word *w = o->program->words; w && w->name; w++)
        if (w->needed && !*w->text) ask_for(state, w);
    if (o->program->own_data && !o->output[0]) ask_for(state, &own_result);
}

static text needed_usage(const options *o)
{
    text usage = { 0 };
    for (const run_word *w = o->program->words; w && w->name; w++)
        if (w->needed) text_append(&usage, "--%s %s ", w->name, w->argument);
    if (o->program->own_data) text_append(&usage, "--output %s", own_result.argument);
    return usage;
}

static error_t parse(int key, char *word, struct argp_state *state)
{
    options *o = state->input;
    switch (key) {
    case KEY_PROFILE: o->profile = profile_of(state, word); return 0;
    case KEY_SEED:    o->seed = whole_of(state, "seed", word, 1); return 0;
    case KEY_OUTPUT:  set_name(o, state, word); return 0;
    case KEY_THREADS: o->threads = threads_of(state, word); return 0;
    case KEY_SAVE:    o->save_every = number_of(state, "checkpoint-every", word); return 0;
    case KEY_QUIET:   o->quiet = true; return 0;
    case ARGP_KEY_END: require_needed(o, state); return 0;
    }
    if (key >= KEY_SETTING && key < KEY_SETTING + (int)o->settings) {
        const run_setting *s = o->setting[key - KEY_SETTING];
        if (s->count) whole_of(state, s->name, word, 1);
        else if (number_of(state, s->name, word) < 0)
            argp_error(state, "--%s: \"%s\"; expected a number from 0", s->name, word);
        o->given[key - KEY_SETTING] = word;
        return 0;
    }
    if (key >= KEY_WORD && key < KEY_WORD + (int)o->words) {
        *o->program->words[key - KEY_WORD].text = word;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static char *describe_setting(const run_setting *s)
{
    text line = { 0 };
    bool computed = true;
    for (int i = 0; i < RUN_PROFILES; i++) computed = computed && s->value[i] == 0;
    text_append(&line, "%s [", s->help);
    for (int i = 0; i < RUN_PROFILES && !computed; i++)
        text_append(&line, "%s%s %g", i ? ", " : "", profile_name[i], s->value[i]);
    text_append(&line, "%s%s]", computed ? "" : "; ", s->source);
    return line.at;
}

static char *describe_word(const run_word *w)
{
    text line = { 0 };
    text_append(&line, "%s%s", w->help, w->needed ? " (needed)" : "");
    return line.at;
}

static void parse_all(options *o, int argc, char **argv)
{
    enum { COMMON = sizeof common_options / sizeof *common_options };
    struct argp_option option[COMMON + OPTIONS_SETTINGS + OPTIONS_WORDS + 1] = { 0 };
    char profiles[64];
    memcpy(option, common_options, sizeof common_options);
    snprintf(profiles, sizeof profiles, "%s (default %s)", option[0].doc, profile_name[o->profile]);
    option[0].doc = profiles;
    int words_group = WORDS_GROUP;
    if (o->program->own_data) {
        option[OUTPUT].arg = own_result.argument;
        option[OUTPUT].doc = describe_word(&own_result);
        option[OUTPUT].group = words_group = NEEDED_GROUP;
    }
    for (size_t i = 0; i < o->settings; i++) {
        const run_setting *s = o->setting[i];
        option[COMMON + i] = (struct argp_option){ s->name, KEY_SETTING + (int)i,
                                                   s->count ? "N" : "X", 0, describe_setting(s), SETTINGS_GROUP };
    }
    for (size_t i = 0; i < o->words; i++) {
        const run_word *w = &o->program->words[i];
        option[COMMON + o->settings + i] = (struct argp_option){ w->name, KEY_WORD + (int)i,
                                                                 w->argument, 0, describe_word(w), words_group };
    }
    text help = { 0 };                          /* argp wants what follows the options behind a \v */
    text_append(&help, "%s%s%s", o->program->purpose, o->program->reading ? "\v" : "",
                o->program->reading ? o->program->reading : "");
    text usage = needed_usage(o);
    const struct argp spec = { option, parse, usage.at, help.at, NULL, NULL, NULL };
    argp_err_exit_status = STATUS_USAGE;
    argp_parse(&spec, argc, argv, 0, NULL, o);
    free(help.at);
    free(usage.at);
    if (o->program->own_data) free((char *)option[OUTPUT].doc);
    for (size_t i = 0; i < o->settings + o->words; i++) free((char *)option[COMMON + i].doc);
}

/*
# Settings

The profile's value, unless the command line gave another.
*/
static double setting_value(const run_setting *s)
{
    return s->count ? (double)*s->count : *s->number;
}

static void apply(options *o)
{
    for (size_t i = 0; i < o->settings; i++) {
        const run_setting *s = o->setting[i];
        double value = o->given[i] ? strtod(o->given[i], NULL) : s->value[o->profile];
        if (s->count) *s->count = (size_t)value;
        else *s->number = value;
    }
}

bool options_are_the_papers(const options *o)
{
    for (size_t i = 0; i < o->settings; i++)
        if (setting_value(o->setting[i]) != o->setting[i]->value[PAPER])
            return false;
    return true;
}

void options_fingerprint(const options *o, text *to)
{
    text_append(to, "%s %s, profile %s, seed %lu, %zu-byte numbers", o->program->paper,
                o->program->experiment, options_profile(o), o->seed, sizeof(real));
    for (size_t i = 0; i < o->settings; i++)
        text_append(to, ", %s %.9g", o->setting[i]->name, setting_value(o->setting[i]));
    for (size_t i = 0; i < o->words; i++) {
        const char *word = *o->program->words[i].text;
        text_append(to, ", %s %s", o->program->words[i].name, word ? word : "-");
    }
}

/*
# Where the result goes
*/
static void set_output(options *o)
{
    if (!o->output[0])
        snprintf(o->output, OPTIONS_PATH, "results/%s/%s/%s.seed%lu.tsv", options_profile(o),
                 o->program->paper, o->program->experiment, o->seed);
}

void options_beside(const options *o, char *path, const char *ending)
{
    size_t length = strlen(o->output) - (ends_in_tsv(o->output) ? 4 : 0);
    snprintf(path, OPTIONS_PATH, "%.*s%s", (int)length, o->output, ending);
}

void options_read(options *o, int argc, char **argv, const run_program *program)
{
    *o = (options){ .program = program, .profile = QUICK, .seed = 1, .save_every = 60 };
    for (size_t i = 0; i < RUN_LISTS; i++) gather(o, program->settings[i]);
    count_words(o);
    for (int i = 0; program->profile && i < RUN_PROFILES; i++)
        if (strcmp(program->profile, profile_name[i]) == 0) o->profile = i;
    parse_all(o, argc, argv);
    apply(o);
    set_output(o);
}
