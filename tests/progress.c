/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# How long still, of three pieces of work one after the other

The clock is not waited for: the beginning is put back by as many seconds as each half is to have taken, and what was
shown last into the past, so that every line is due. `tests/run.bats` compares what is said.
*/
#include "run/progress.h"

static void half(progress *p, size_t total, const char *name, double seconds)
{
    p->shown = -1e9;
    progress_show(p, 0, total, "%s", name);
    p->began -= seconds;
    p->shown = -1e9;
    progress_show(p, total / 2, total, "%s", name);
}

int main(void)
{
    progress p;
    progress_begin(&p, false);
    half(&p, 100000, "first", 1000);
    half(&p, 10, "second", 10);
    half(&p, 10, "again", 20);
}
