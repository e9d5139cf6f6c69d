/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 22: where adversarial images are in the first layer

An attack changes an image by little, and the network misreads it. Does its first hidden layer notice? The paper maps
what that layer makes of real and of adversarial images of Fashion-MNIST: they share a place in the
baseline, and lie apart in the entangled network, which is why neighbours tell more there.

    fig22-activations --seed 1

*Reads* Fashion-MNIST and the networks of `table1-fashion` with the same seed. *Writes* how far apart real and
adversarial images are in the first hidden layer of both networks (`papers/frosst2019/out_of_distribution.h`), how accurate each still is, and a
map. *Checked by* the claims of Figure 22 in `papers/frosst2019/claims.tsv`.

The attacked images are others than the real ones: an image and its own attack would be neighbours anyway. The paper does not name
the attack. We take the iterative one of its Figure 9, with Table 2's epsilon, .3.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_settings */
#include "map.h"                 /* gives: map_settings */
#include "run/load.h"            /* gives: run_load */
#include "out_of_distribution.h"  /* gives: ood_measures_and_map, ood_attacked */

static struct { size_t steps; double epsilon, step; } set;

static const run_setting settings[] = {
    { "epsilon", NULL, &set.epsilon, { .3, .3, .3, .3 }, "how far the attack may move a pixel", "ours" },
    { "attack-steps", &set.steps, NULL, { 3, 30, 1000, 1000 }, "of the attack", "Figure 9" },
    { "attack-step", NULL, &set.step, { .1, .02, .01, .01 }, "how far each of them goes", "Figure 9" },
    { 0 }
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig22-activations",
        .purpose = "Figure 22: the first hidden layer of real and adversarial images.",
        .settings = { settings, ood_settings, map_settings, cnn_settings } });
    static const char *const model[] = { "baseline", "entangled" };
    arena *memory = arena_new();
    tape *t = tape_new();
    dataset data = run_load(r, "fashion-mnist", NULL, memory);
    ood_split m = ood_new(r, &data, memory);
    for (size_t i = 0; i < 2; i++) {
        network *net = cnn_trained(r, &data, "table1-fashion", run_seed(r), model[i], memory);
        mat strange = ood_attacked(&m, net, attack_bim(set.epsilon, set.step, set.steps), memory);
        run_row(r, model[i], RUN_NO_X, "accuracy", network_evaluate(net, t, m.others).accuracy);
        run_row(r, model[i], RUN_NO_X, "accuracy_attacked", network_evaluate(net, t, (examples){ strange, m.others.y }).accuracy);
        ood_measures_and_map(r, model[i], net, 0, &m, strange, memory);
    }
    tape_free(t);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
