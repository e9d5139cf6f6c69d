/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic.h"
#include "base/error.h"
#include "base/threads.h"
#include "run/interrupt.h"
#include "run/options.h"
#include "run/progress.h"
#include "run/provenance.h"

struct run {
    options asked;
    bool paper_scale, stand_in, other_data;
    double saved;                  /* when, in seconds */
    text rows, beside;
    checkpoint *state;
    provenance origin;
    progress shown;
};

static const char *scale_of(const run *r)
{
    if (r->asked.program->own_data) return "own";
    if (r->other_data) return "other-data";
    return !r->paper_scale ? "reduced" : r->stand_in ? "stand-in" : "paper";
}

static bool to_standard_output(const run *r)
{
    return strcmp(r->asked.output, "-") == 0;
}

bool run_has_place(const run *r)
{
    return !to_standard_output(r) && !atomic_is_special(r->asked.output);
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
    if (!run_has_place(r)) return;
    if (atomic_open(&f, r->asked.output) != 0) die(STATUS_FAILED, "%s", error_text());
    atomic_drop(&f);
}

/* The user chooses the names, and two programs may be given one. */
static void require_own_place(const run *r)
{
    const run_program *p = r->asked.program;
    char line[256] = "", paper[64] = "", experiment[64] = "";
    FILE *f = p->own_data && run_has_place(r) ? fopen(r->asked.output, "r") : NULL;
    if (!f) return;
    bool result = fgets(line, sizeof line, f)
        && sscanf(line, "# paper=%63s experiment=%63s", paper, experiment) == 2;
    fclose(f);
    if (result && (strcmp(paper, p->paper) != 0 || strcmp(experiment, p->experiment) != 0))
        die(STATUS_USAGE, "--output: %s is a result of %s and would be written over; expected another "
            "name", r->asked.output, experiment);
}

/* Each of them would write the same files. What several processes can train, `nn/ranks.h` says. */
static void require_one_process(void)
{
    const char *count = getenv("OMPI_COMM_WORLD_SIZE");
    if (count && strcmp(count, "1") != 0)
        die(STATUS_USAGE, "started as %s processes; expected one, because its losses need whole batches "
            "(`make jobs` lists what can run side by side)", count);
}

static void make_checkpoint(run *r)
{
    char path[OPTIONS_PATH];
    text fingerprint = { 0 };
    options_fingerprint(&r->asked, &fingerprint);
    options_beside(&r->asked, path, ".checkpoint");
    r->state = checkpoint_new(path, fingerprint.at);
    checkpoint_keep_text(r->state, "rows", &r->rows);
    free(fingerprint.at);
}

run *run_begin(int argc, char **argv, const run_program *program)
{
    require_one_process();
    run *r = calloc(1, sizeof *r);
    REQUIRE(r, "no memory for a run");
    provenance_begin(&r->origin, argc, argv);
    options_read(&r->asked, argc, argv, program);
    r->paper_scale = options_are_the_papers(&r->asked);
    require_own_place(r);
    require_writable(r);
    gsl_set_error_handler(gsl_failed);
    threads_begin(r->asked.threads);
    progress_begin(&r->shown, r->asked.quiet);
    r->origin.seed = r->asked.seed;
    r->saved = progress_clock();
    make_checkpoint(r);
    return r;
}

unsigned long run_seed(const run *r)
{
    return r->asked.seed;
}

const char *run_experiment(const run *r)
{
    return r->asked.program->experiment;
}

/*
# Going on
*/
static bool has_line(const text *s, const char *start)
{
    for (const char *at = s->at; at && (at = strstr(at, start)); at++)
        if (at == s->at || at[-1] == '\n') return true;
    return false;
}

void run_row(run *r, const char *series, double x, const char *metric, double value)
{
    if (!isfinite(value))
        die(STATUS_FAILED, "%s of %s is %g: a result must be a number", metric, series, value);
    text row = { 0 };
    text_append(&row, "%s\t", series);
    if (x == RUN_NO_X) text_append(&row, ".");
    else text_append(&row, "%.9g", x);
    text_append(&row, "\t%s\t", metric);
    REQUIRE(!has_line(&r->rows, row.at), "a second %s of %s", metric, series);
    text_append(&r->rows, "%s%.9g\n", row.at, value);
    free(row.at);
}

void run_point(run *r, const char *series, double x, double x1, double x2, int class)
{
    run_row(r, series, x, "x1", x1);
    run_row(r, series, x, "x2", x2);
    run_row(r, series, x, "class", class);
}

void run_input(run *r, const char *path)
{
    checkpoint_mark(r->state, ", ");
    checkpoint_mark(r->state, provenance_input(&r->origin, path));
}

void run_stand_in(run *r, const char *note)
{
    r->stand_in = true;
    provenance_stand_in(&r->origin, note);
    run_note(r, "%s", note);
}

void run_other_data(run *r, const char *note)
{
    run_stand_in(r, note);
    r->other_data = true;
}

bool run_full_scale(const run *r)
{
    return strcmp(scale_of(r), "paper") == 0;
}

void run_reduced(run *r)
{
    r->paper_scale = false;
}

checkpoint *run_checkpoint(run *r)
{
    return r->state;
}

void run_note(run *r, const char *format, ...)
{
    va_list values;
    if (r->asked.quiet) return;
    progress_end(&r->shown);
    fputs("  ", stderr);
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
}

void run_tell(run *r, const char *series)
{
    text told = { 0 };
    size_t length = strlen(series);
    for (const char *row = r->rows.at; row && *row; row = strchr(row, '\n') + 1) {
        char metric[64];
        double value;
        if (strncmp(row, series, length) == 0
            && sscanf(row + length, "\t.\t%63[^\t]\t%lf", metric, &value) == 2)
            text_append(&told, "%s %s %.4g", told.at ? "," : "", metric, value);
    }
    if (told.at) run_note(r, "%s:%s", series, told.at);
    free(told.at);
}

void run_wrote(run *r, const char *path)
{
    text_append(&r->beside, ", %s", path);
}

bool run_resume(run *r)
{
    if (!run_has_place(r)) return false;
    int loaded = checkpoint_load(r->state);
    if (loaded < 0) die(STATUS_FAILED, "%s; delete it to start over, or name another --output", error_text());
    if (loaded) run_note(r, "resumed from a checkpoint");
    interrupt_watch();
    return loaded;
}

void run_beside(const run *r, char *path, size_t size, const char *ending)
{
    char whole[OPTIONS_PATH];
    if (!run_has_place(r))
        die(STATUS_USAGE, "--output %s: expected a file, whose name other files share", r->asked.output);
    options_beside(&r->asked, whole, ending);
    REQUIRE(strlen(whole) < size, "a path of %zu bytes, room for %zu", strlen(whole), size);
    snprintf(path, size, "%s", whole);
}

void run_neighbour(const run *r, char *path, size_t size, const char *experiment, unsigned long seed,
                   const char *ending)
{
    char place[OPTIONS_PATH] = ".";
    const char *slash = strrchr(r->asked.output, '/');
    if (!run_has_place(r))
        snprintf(place, sizeof place, "results/%s/%s", options_profile(&r->asked), r->asked.program->paper);
    else if (slash)
        snprintf(place, sizeof place, "%.*s", (int)(slash - r->asked.output), r->asked.output);
    int length = snprintf(path, size, "%s/%s.seed%lu%s", place, experiment, seed, ending);
    REQUIRE((size_t)length < size, "a path of %d bytes, room for %zu", length, size);
}

static bool same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;
    return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev
        && of_a.st_ino == of_b.st_ino;
}

static void require_other(const char *path, const char *input)
{
    if (same_file(path, input))
        die(STATUS_USAGE, "--output: %s would be written over, and it is what is read; expected "
            "another name", path);
}

void run_refuse_overwrite(const run *r, const char *input, const char *const *beside)
{
    char path[OPTIONS_PATH];
    require_other(r->asked.output, input);
    options_beside(&r->asked, path, ".json");
    require_other(path, input);
    for (; *beside; beside++) {
        options_beside(&r->asked, path, *beside);
        require_other(path, input);
    }
}

void run_tick(run *r, size_t done, size_t total, const char *what)
{
    progress_show(&r->shown, done, total, "%s, seed %lu: %s", run_experiment(r), run_seed(r), what);
    bool stop = interrupt_came();
    if (!run_has_place(r) || (!stop && progress_clock() - r->saved < r->asked.save_every)) return;
    if (checkpoint_save(r->state) != 0) die(STATUS_FAILED, "%s", error_text());
    r->saved = progress_clock();
    if (!stop) return;
    run_note(r, "stopped and saved: the same command goes on from here");
    interrupt_obey();
}

double run_loss(const tape *t, const node *loss)
{
    double value = node_scalar(loss);
    if (isfinite(value)) return value;
    const node *born = tape_first_not_finite(t);
    die(STATUS_FAILED, "the loss is %g; the first value that is not finite came from \"%s\" "
        "(%zu x %zu); lower --rate, or what --help calls the learning rate", value, born ? born->name : loss->name,
        born ? born->value.rows : 1, born ? born->value.cols : 1);
}

/*
# Ending

First the provenance, then the result: where the result is, the run is complete.
*/
static void write_provenance(const run *r)
{
    char path[OPTIONS_PATH];
    atomic_file f;
    options_beside(&r->asked, path, ".json");
    if (atomic_open(&f, path) != 0) die(STATUS_FAILED, "%s", error_text());
    provenance_write(&r->origin, f.stream);
    if (atomic_close(&f) != 0) die(STATUS_FAILED, "%s", error_text());
}

static void say_what_was_written(run *r)
{
    char path[OPTIONS_PATH];
    options_beside(&r->asked, path, ".json");
    run_note(r, "written: %s, %s%s", r->asked.output, path, r->beside.at ? r->beside.at : "");
}

static void print_result(const run *r, FILE *out)
{
    fprintf(out, "# paper=%s experiment=%s profile=%s scale=%s seed=%lu\n"
            "series\tx\tmetric\tvalue\n", r->asked.program->paper, r->asked.program->experiment,
            options_profile(&r->asked), scale_of(r), r->asked.seed);
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
    if (atomic_open(&f, r->asked.output) != 0) die(STATUS_FAILED, "%s", error_text());
    print_result(r, f.stream);
    if (atomic_close(&f) != 0) die(STATUS_FAILED, "%s", error_text());
}

void run_end(run *r)
{
    char missing[OPTIONS_PATH];
    progress_end(&r->shown);
    if (run_has_place(r)) write_provenance(r);
    write_result(r);
    options_beside(&r->asked, missing, ".missing");
    if (run_has_place(r)) {
        unlink(missing);
        checkpoint_remove(r->state);
        if (r->asked.program->own_data) say_what_was_written(r);
    }
    checkpoint_free(r->state);
    free(r->rows.at);
    free(r->beside.at);
    free(r);
}

_Noreturn void run_missing(run *r, const char *reason)
{
    char path[OPTIONS_PATH];
    atomic_file f;
    options_beside(&r->asked, path, ".missing");
    if (run_has_place(r) && atomic_open(&f, path) == 0) {
        fprintf(f.stream, "%s\n", reason);
        atomic_close(&f);
    }
    die(STATUS_MISSING, "%s", reason);
}
