/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_PROGRESS_H
#define RUN_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/*
# How far, and how long still

On a terminal one line that is written over, at most ten times a second. In a log
(or with CI set) a plain line every tenth of the way, but not within 5 seconds of
the last, or every 30 seconds. The estimate assumes that the rest goes as fast as what
this process has done of the same work: it begins anew where `total` changes or `done` goes back.
Everything goes to standard error.
*/
typedef struct progress {
    bool quiet, terminal;
    double began, shown;           /* seconds, monotonic */
    size_t first;                  /* where this process started on this work */
    size_t done, total;            /* as last told */
    size_t last_tenth;             /* of the way, when last shown */
    bool started;
} progress;

void progress_begin(progress *p, bool quiet);

/* `done` of `total` steps, with a few words on what is going on. */
void progress_show(progress *p, size_t done, size_t total, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Ends the line, so that what follows starts on a fresh one. */
void progress_end(progress *p);

/* Seconds on the monotonic clock. */
double progress_clock(void);

#endif
