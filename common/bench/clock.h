/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

/*
# A row of the table of speeds

    clock_begin(argc, argv);                 rows whose name contains the one argument; without one, all
    clock_report("k-means 60,000 x 784", 9e9, 1.0, 3, kmeans_run, &context);

`flops` is 0 where nobody counts them. Runs `f` once to warm caches and arenas up, which
is not counted, and then `repeats` times, and prints the median, the operations a second
and their share of the machine's peak; beside it the target, a time on the machine that
targets are for, and the share that it would be there (0: no target). Returns the median
in seconds, 0 for a row that is not wanted.
*/
typedef void (*work)(void *context);

/* Takes all cores, and measures the peak. */
void clock_begin(int argc, char **argv);
bool clock_wants(const char *name);
double clock_report(const char *name, double flops, double target, size_t repeats, work f,
                    void *context);

/* How time grew over rows in which n grew: the exponent e of $t \sim n^e$, from the first
   row to the last. Prints nothing if a row was not wanted. */
void clock_growth(const char *of, double first_n, double first, double last_n, double last);

#endif
