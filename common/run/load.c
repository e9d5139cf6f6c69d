/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/error.h"
#include "run/load.h"

dataset run_load(run *r, const char *name, const char *stand_in, arena *memory)
{
    dataset set;
    char missing[4096];
    int status = dataset_load(&set, name, memory);
    snprintf(missing, sizeof missing, "%s", error_text());
    if (status == DATA_MISSING && stand_in) status = dataset_load(&set, stand_in, memory);
    if (status == DATA_MISSING) run_missing(r, missing);
    if (status != 0) die(STATUS_FAILED, "%s", error_text());
    for (size_t i = 0; i < DATASET_FILES && set.file[i]; i++) run_input(r, set.file[i]);
    if (set.stand_in) run_stand_in(r, set.note);
    return set;
}
