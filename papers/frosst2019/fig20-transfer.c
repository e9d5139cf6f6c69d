/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 20: entangled networks are poor sources of attacks

What deceives one network often deceives another, and so a network may be attacked by someone who cannot
look into it: with images that were made on a network of their own. The paper finds that images made on an
*entangled* network hardly deceive one that was trained with cross-entropy: its accuracy "remains high on
all three datasets". We show the same victim beside it under images that were made on another network like
itself.

    fig20-transfer --seed 1

*Reads* MNIST, Fashion-MNIST and, where it is here, SVHN; of each the networks of Table 1, of this seed and
the next. *Writes* accuracy and mean credibility at each epsilon, for either source
(`papers/frosst2019/credibility.h`). *Checked by* the claims of Figure 20 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_settings */
#include "credibility.h"         /* gives: credibility_measure */
#include "run/load.h"            /* gives: run_load */

/* A set that may not be here has a file to tell by. */
static const struct { const char *set, *experiment, *file; } sets[] = {
    { "mnist", "table1-mnist", NULL },
    { "fashion-mnist", "table1-fashion", NULL },
    { "svhn", "table1-svhn", "train_32x32.mat" },
};
enum { SETS = sizeof sets / sizeof *sets, SOURCES = 2 };

static bool is_missing(run *r, size_t s)
{
    char path[4096];
    if (!sets[s].file || dataset_file(path, sizeof path, sets[s].set, sets[s].file) == 0) return false;
    run_note(r, "without %s: %s", sets[s].set, error_text());
    return true;
}

/* The two curves of a set: its baseline, and images made on either of the next seed's networks. */
static void add_curves(curve *to, run *r, size_t s, arena *memory)
{
    static const char *const source[SOURCES] = { "entangled", "baseline" };
    dataset data = run_load(r, sets[s].set, NULL, memory);
    attack_split *g = arena_take(memory, 1, sizeof *g);
    *g = attack_split_new(r, &data, memory);
    network *victim = cnn_trained(r, &data, sets[s].experiment, run_seed(r), "baseline", memory);
    enum { ROOM = 64 };
    char *clean = arena_take(memory, ROOM, 1);
    snprintf(clean, ROOM, "%s clean", sets[s].set);
    for (size_t i = 0; i < SOURCES; i++) {
        char *series = arena_take(memory, ROOM, 1);
        snprintf(series, ROOM, "%s %s source", sets[s].set, source[i]);
        network *from = cnn_trained(r, &data, sets[s].experiment, run_seed(r) + 1, source[i], memory);
        to[i] = (curve){ series, g, victim, from, true, i == 0 ? clean : NULL };
    }
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig20-transfer",
        .purpose = "Figure 20: attacks made on entangled networks, against networks that are not.",
        .settings = { credibility_settings, cnn_settings } });
    arena *memory = arena_new();
    curve curves[SETS * SOURCES];
    size_t count = 0;
    for (size_t s = 0; s < SETS; s++) {
        if (is_missing(r, s)) continue;
        add_curves(&curves[count], r, s, memory);
        count += SOURCES;
    }
    credibility c;
    credibility_init(&c, r);
    run_resume(r);
    credibility_measure(&c, curves, count);
    credibility_free(&c);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
