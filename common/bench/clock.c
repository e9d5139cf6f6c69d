/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/blas.h"
#include "base/error.h"
#include "base/threads.h"
#include "bench/clock.h"
#include "bench/peak.h"
#include "run/progress.h"

enum { REPEATS = 101 };
static const double TARGET_PEAK = 530e9;     /* the machine the targets are for */
static double peak;
static const char *wanted = "";

void clock_begin(int argc, char **argv)
{
    if (argc > 2) die(STATUS_USAGE, "usage: bench [WORD]");
    threads_begin(0);
    if (argc == 2) wanted = argv[1];
    peak = peak_flops();
    printf("%d threads, FMA peak %.0f GFLOP/s, OpenBLAS kernels for %s\n\n%-44s %13s  %15s  %7s  %13s  %7s\n",
           threads_count(), 1e-9 * peak, openblas_get_corename(), "work", "median", "rate", "share",
           "target", "share");
}

bool clock_wants(const char *name)
{
    return strstr(name, wanted) != NULL;
}

double clock_report(const char *name, double flops, double target, size_t repeats, work f,
                    void *context)
{
    double seconds[REPEATS];
    if (!clock_wants(name)) return 0;
    REQUIRE(repeats <= REPEATS, "%zu repeats", repeats);
    f(context);
    for (size_t i = 0; i < repeats; i++) {
        double began = progress_clock();
        f(context);
        seconds[i] = progress_clock() - began;
    }
    gsl_sort(seconds, 1, repeats);
    double median = gsl_stats_median_from_sorted_data(seconds, 1, repeats);
    printf("%-44s %10.3f ms", name, 1e3 * median);
    if (flops > 0)
        printf("  %7.1f GFLOP/s  %5.1f %%", 1e-9 * flops / median, 100 * flops / median / peak);
    if (target > 0) printf("  %10.3f ms  %5.1f %%", 1e3 * target, 100 * flops / target / TARGET_PEAK);
    printf("\n");
    fflush(stdout);
    return median;
}

void clock_growth(const char *of, double first_n, double first, double last_n, double last)
{
    if (first > 0 && last > 0)
        printf("%-44s   grows as %s^%.2f\n", "", of, log(last / first) / log(last_n / first_n));
}
