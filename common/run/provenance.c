/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <gsl/gsl_version.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/blas.h"
#include "base/error.h"
#include "base/threads.h"
#include "nn/convolution_backend.h"
#include "run/progress.h"
#include "run/provenance.h"

void provenance_begin(provenance *p, int argc, char **argv)
{
    *p = (provenance){ .argc = argc, .argv = argv, .began = progress_clock() };
    time_t now = time(NULL);
    struct tm utc;
    strftime(p->start, sizeof p->start, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
}

/*
`sha256sum` runs without a shell, so that no file name can mean anything else.
*/
static int sha256_of(char *sum, const char *path)
{
    int out[2];
    if (pipe(out) != 0) return fail("%s: no pipe to sha256sum: %s", path, strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        execlp("sha256sum", "sha256sum", "--", path, (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    FILE *in = fdopen(out[0], "r");
    int read_it = child > 0 && in && fscanf(in, "%64[0-9a-f]", sum) == 1;
    if (in) fclose(in);
    int status = 0;
    if (child > 0) waitpid(child, &status, 0);
    return read_it && status == 0
         ? 0 : fail("%s: sha256sum could not read it; is coreutils installed?", path);
}

const char *provenance_input(provenance *p, const char *path)
{
    REQUIRE(p->inputs < PROVENANCE_INPUTS, "more than %d inputs", PROVENANCE_INPUTS);
    REQUIRE(strlen(path) < sizeof p->input[0], "a path of %zu characters", strlen(path));
    snprintf(p->input[p->inputs], sizeof p->input[0], "%s", path);
    if (sha256_of(p->sha256[p->inputs], path) != 0) die(STATUS_FAILED, "%s", error_text());
    return p->sha256[p->inputs++];
}

/*
# Writing JSON

Only strings need care: quotes, backslashes and control characters are escaped.
*/
static void write_string(FILE *out, const char *s)
{
    fputc('"', out);
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') fprintf(out, "\\%c", *s);
        else if ((unsigned char)*s < 32) fprintf(out, "\\u%04x", *s);
        else fputc(*s, out);
    }
    fputc('"', out);
}

static void field(FILE *out, const char *name, const char *value)
{
    fprintf(out, "  \"%s\": ", name);
    write_string(out, value);
    fputs(",\n", out);
}

static void number(FILE *out, const char *name, double value)
{
    fprintf(out, "  \"%s\": %.6g,\n", name, value);
}

static void cpu_model(char *model, size_t size)
{
    char line[256];
    snprintf(model, size, "unknown");
    FILE *in = fopen("/proc/cpuinfo", "r");
    while (in && fgets(line, sizeof line, in))
        if (strncmp(line, "model name", 10) == 0 && strchr(line, ':')) {
            snprintf(model, size, "%s", strchr(line, ':') + 2);
            model[strcspn(model, "\n")] = '\0';
            break;
        }
    if (in) fclose(in);
}

void provenance_stand_in(provenance *p, const char *note)
{
    snprintf(p->stand_in, sizeof p->stand_in, "%s", note);
}

static void write_command(const provenance *p, FILE *out)
{
    fputs("  \"command\": [", out);
    for (int i = 0; i < p->argc; i++) {
        if (i) fputs(", ", out);
        write_string(out, p->argv[i]);
    }
    fputs("],\n", out);
}

static void write_machine(FILE *out)
{
    struct utsname system;
    char model[256];
    uname(&system);
    cpu_model(model, sizeof model);
    field(out, "cpu", model);
    number(out, "cores", (double)sysconf(_SC_NPROCESSORS_ONLN));
    field(out, "kernel", system.release);
#ifdef __clang__
    field(out, "compiler", __VERSION__);
#else
    field(out, "compiler", "gcc " __VERSION__);
#endif
    field(out, "gsl", gsl_version);
    field(out, "openblas", openblas_get_config());
    field(out, "openblas_core", openblas_get_corename());
    field(out, "convolution", convolution_backend_used->name);
}

void provenance_write(const provenance *p, FILE *out)
{
    const char *commit = getenv("TANGLE_COMMIT");
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    fputs("{\n", out);
    field(out, "program", program_invocation_short_name);
    write_command(p, out);
    field(out, "commit", commit && *commit ? commit : *linked_from ? linked_from : "unknown");
    fprintf(out, "  \"seed\": %lu,\n", p->seed);
    field(out, "rng", "gsl mt19937, named sub-streams");
    field(out, "start", p->start);
    number(out, "wall_seconds", progress_clock() - p->began);
    number(out, "cpu_seconds", (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
           + 1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec));
    number(out, "peak_megabytes", (double)used.ru_maxrss / 1024);
    number(out, "threads", threads_count());
    write_machine(out);
    if (*p->stand_in) field(out, "stand_in", p->stand_in);
    fputs("  \"inputs\": {", out);
    for (size_t i = 0; i < p->inputs; i++) {
        fputs(i ? ",\n    " : "\n    ", out);
        write_string(out, p->input[i]);
        fputs(": ", out);
        write_string(out, p->sha256[i]);
    }
    fputs(p->inputs ? "\n  }\n}\n" : "}\n}\n", out);
}
