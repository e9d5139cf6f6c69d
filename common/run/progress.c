/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "run/progress.h"

double progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_begin(progress *p, bool quiet)
{
    *p = (progress){ .quiet = quiet, .terminal = isatty(STDERR_FILENO) && !getenv("CI") };
}

static bool is_due(progress *p, size_t done, size_t total, double now)
{
    size_t tenth = total ? 10 * done / total : 10;
    bool due = p->terminal ? now - p->shown > 0.1 || done == total
                           : (tenth != p->last_tenth && now - p->shown > 5) || now - p->shown > 30;
    if (due) {
        p->shown = now;
        p->last_tenth = tenth;
    }
    return due;
}

static void print_left(double seconds)
{
    if (seconds < 90) fprintf(stderr, ", %.0f s left", seconds);
    else if (seconds < 5400) fprintf(stderr, ", %.0f min left", seconds / 60);
    else fprintf(stderr, ", %.1f h left", seconds / 3600);
}

void progress_show(progress *p, size_t done, size_t total, const char *format, ...)
{
    if (p->quiet) return;
    double now = progress_clock();
    if (!p->started || total != p->total || done < p->done) {
        p->started = true;
        p->first = done;
        p->began = now;
    }
    p->done = done;
    p->total = total;
    if (!is_due(p, done, total, now)) return;
    fprintf(stderr, p->terminal ? "\r\033[K  %3.0f %%  " : "  %3.0f %%  ",
            total ? 100 * (double)done / (double)total : 100.0);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    if (done > p->first && done < total)
        print_left((now - p->began) * (double)(total - done) / (double)(done - p->first));
    if (!p->terminal) fputc('\n', stderr);
}

void progress_end(progress *p)
{
    if (p->terminal && p->started && !p->quiet) fputs("\r\033[K", stderr);
}
