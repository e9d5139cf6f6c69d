/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/error.h"
#include "cnn.h"
#include "run/keep.h"
#include "run/options.h"
#include "trained.h"

/* `full`: was it trained at the scale of the paper? */
static checkpoint *file_of(const char *path, const network *net, bool *full, const char *experiment,
                           unsigned long seed, const char *model)
{
    char what[OPTIONS_PATH];
    snprintf(what, sizeof what, "network of %s, seed %lu, %s", experiment, seed, model);
    checkpoint *c = checkpoint_new(path, what);
    checkpoint_keep(c, "at the paper's scale", full, sizeof *full);
    keep_parameters(c, net->parameters, net->count);
    if (net->keep) net->keep(net->model, c);
    return c;
}

static void ending_of(char *ending, size_t size, const char *model)
{
    snprintf(ending, size, ".%s.network", model);
}

void trained_save(run *r, const network *net, const char *model)
{
    char ending[64], path[OPTIONS_PATH];
    if (!run_has_place(r)) return;
    ending_of(ending, sizeof ending, model);
    run_beside(r, path, sizeof path, ending);
    bool full = run_full_scale(r);
    checkpoint *c = file_of(path, net, &full, run_experiment(r), run_seed(r), model);
    if (checkpoint_save(c) != 0) die(STATUS_FAILED, "%s", error_text());
    checkpoint_free(c);
}

void trained_load(run *r, network *net, const char *experiment, unsigned long seed, const char *model)
{
    char ending[64], path[OPTIONS_PATH], missing[2 * OPTIONS_PATH];
    ending_of(ending, sizeof ending, model);
    run_neighbour(r, path, sizeof path, experiment, seed, ending);
    bool full;
    checkpoint *c = file_of(path, net, &full, experiment, seed, model);
    int loaded = checkpoint_load(c);
    if (loaded < 0) die(STATUS_FAILED, "%s", error_text());
    if (loaded == 0) {
        snprintf(missing, sizeof missing, "%s: not there; expected the network that %s trains with seed %lu; "
                 "`make figures` makes it", path, experiment, seed);
        run_missing(r, missing);
    }
    checkpoint_free(c);
    run_input(r, path);
    if (!full) run_reduced(r);
}

network *trained_cnn(run *r, const dataset *data, const char *experiment, unsigned long seed, const char *model,
                     arena *memory)
{
    cnn *c = arena_take(memory, 1, sizeof *c);
    network *net = arena_take(memory, 1, sizeof *net);
    cnn_init(c, net, data->shape, data->classes, 2, memory);
    trained_load(r, net, experiment, seed, model);
    return net;
}
