/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reliability.h"

void reliability_rows(run *r, const char *series, const calibration *c)
{
    run_row(r, series, RUN_NO_X, "ECE", c->ece);
    for (size_t b = 0; b < CALIBRATION_BINS; b++) {
        double middle = ((double)b + .5) / CALIBRATION_BINS;
        run_row(r, series, middle, "bin_share", (double)c->count[b] / (double)c->n);
        if (c->count[b] == 0) continue;
        run_row(r, series, middle, "bin_accuracy", c->accuracy[b]);
        run_row(r, series, middle, "bin_confidence", c->confidence[b]);
    }
}
