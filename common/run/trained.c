/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/error.h"
#include "run/options.h"
#include "run/trained.h"

/* `full`: was it trained at the scale of the paper? */
static checkpoint *file_of(const char *path, bool *full, const char *experiment, unsigned long seed, const char *model,
                           void *network, trained_keep *keep)
{
    char what[OPTIONS_PATH];
    snprintf(what, sizeof what, "network of %s, seed %lu, %s", experiment, seed, model);
    checkpoint *c = checkpoint_new(path, what);
    checkpoint_keep(c, "at the paper's scale", full, sizeof *full);
    keep(network, c);
    return c;
}

/* What a file's name ends with. `size` bytes. */
static void ending_of(char *ending, size_t size, const char *model)
{
    snprintf(ending, size, ".%s.network", model);
}

void trained_save(run *r, const char *model, void *network, trained_keep *keep)
{
    char ending[64], path[OPTIONS_PATH];
    if (!run_has_place(r)) return;
    ending_of(ending, sizeof ending, model);
    run_beside(r, path, sizeof path, ending);
    bool full = run_full_scale(r);
    checkpoint *c = file_of(path, &full, run_experiment(r), run_seed(r), model, network, keep);
    if (checkpoint_save(c) != 0) die(STATUS_FAILED, "%s", error_text());
    checkpoint_free(c);
}

void trained_load(run *r, const char *experiment, unsigned long seed, const char *model, void *network,
                  trained_keep *keep)
{
    char ending[64], path[OPTIONS_PATH], missing[2 * OPTIONS_PATH];
    ending_of(ending, sizeof ending, model);
    run_neighbour(r, path, sizeof path, experiment, seed, ending);
    bool full;
    checkpoint *c = file_of(path, &full, experiment, seed, model, network, keep);
    int loaded = checkpoint_load(c);
    if (loaded < 0)
        die(STATUS_FAILED, "%s; expected the network of %s: give this program the settings that one was given, or train it again",
            error_text(), experiment);
    if (loaded == 0) {
        snprintf(missing, sizeof missing, "%s: not there; expected the network that %s trains with seed %lu; "
                 "`make figures` of the same PROFILE makes it", path, experiment, seed);
        run_missing(r, missing);
    }
    checkpoint_free(c);
    run_input(r, path);
    if (!full) run_reduced(r);
}
