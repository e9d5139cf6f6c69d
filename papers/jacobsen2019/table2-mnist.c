/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 2: what is left of a digit's class in what the classifier does not see

The same invertible network is trained twice on MNIST: with cross-entropy (CE), and with independence cross-entropy
(iCE, `papers/jacobsen2019/objective.h`). Then a classifier is trained on the nuisances of each, on the 1014 numbers of
1024 that are no scores. The paper says that both networks tell digits apart equally well; that the classifier is as
good as the scores themselves after CE, and after iCE is not.

    table2-mnist --seed 1

*Reads* MNIST. *Writes* the errors (`papers/jacobsen2019/measuring.h`), in percent, and of iCE whether its training came
to its end and its negative log-likelihood of test images, in nats a dimension of numbers from -1/2 to 1/2; and beside
the result both networks and an oracle (`papers/jacobsen2019/oracle.h`), for `fig4-metamers` and `fig6-interpolations`.
*Checked by* the claims of Table 2 in `papers/jacobsen2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "answers.h"             /* gives: agreement */
#include "base/error.h"          /* gives: STATUS_DONE */
#include "digits.h"              /* gives: digits_framed, digit_net_init, digits_recipe, independence */
#include "measuring.h"           /* gives: measure */
#include "oracle.h"              /* gives: oracle_learn */
#include "run/load.h"            /* gives: run_load */
#include "run/trained.h"         /* gives: trained_save */
#include "training.h"            /* gives: train */

static struct { size_t examples, tested; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 300, 10000, 60000, 60000 }, "of the training set to learn from", "B.2" },
    { "tested", &set.tested, NULL, { 100, 2000, 10000, 10000 }, "test images", "B.2" },
    { 0 }
};

static void test_oracle(run *r, oracle *eye, examples test, arena *memory)
{
    int *seen = arena_take(memory, test.x.rows, sizeof *seen);
    oracle_look(eye, seen, test.x);
    run_row(r, "oracle", RUN_NO_X, "test_error", 100 * (1 - agreement(seen, test.y, test.x.rows)));
}

/* One training, measured and saved. CE has to come to its end; that iCE does not is a result, and what it leaves is void. */
static void train_and_measure(run *r, trainer *m, measuring *w, const objective *o, const char *file, examples from, examples test)
{
    train(m, o, from);
    bool ice = o->rule != NO_ADVERSARY, finished = !m->at.diverged && measure(w, r, o->name);
    if (!finished && !ice)
        die(STATUS_FAILED, "%s: the training, or that of the classifier of its nuisances, has diverged after %zu steps", o->name,
            m->at.step);
    if (finished && o->likelihood > 0) run_row(r, o->name, RUN_NO_X, "nats_per_dimension", trainer_nats(m, o, test.x));
    if (ice) run_row(r, o->name, RUN_NO_X, "finished", finished);
    if (!finished) firevnet_void(m->net);
    trained_save(r, file, m->net, firevnet_keep);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "table2-mnist",
        .purpose = "Table 2: an invertible network on MNIST, with cross-entropy and with independence cross-entropy.",
        .settings = { settings, digit_net_settings, digit_training_settings, measuring_settings, oracle_settings,
                      oracle_shape_settings } });
    const objective objectives[] = { cross_entropy_alone, independence() };
    static const char *const file[] = { "ce", "ice" };
    arena *memory = arena_new();
    dataset data = run_load(r, "mnist", NULL, memory);
    image shape = data.shape, same = data.shape;
    examples train_set = digits_framed(run_part(r, data.train, "examples", set.examples, memory), &shape, memory);
    if (set.tested < data.test.x.rows) data.test.x = mat_rows(data.test.x, 0, set.tested);
    examples test = digits_framed(data.test, &same, memory);
    static firevnet net;
    digit_net_init(&net, shape, data.classes, memory);
    trainer m;
    recipe how = digits_recipe(train_set.x.rows);
    trainer_init(&m, r, &net, how, 2, train_set.x.rows, memory);
    measuring w;
    measuring_init(&w, r, &net, how, train_set, test, memory);
    oracle eye;
    oracle_init(&eye, r, shape, data.classes, train_set.x.rows, memory);
    run_resume(r);
    for (; m.at.training < 2; trainer_next(&m), measuring_next(&w))
        train_and_measure(r, &m, &w, &objectives[m.at.training], file[m.at.training], train_set, test);
    oracle_learn(&eye, r, train_set);
    trained_save(r, "oracle", &eye, oracle_keep);
    test_oracle(r, &eye, test, memory);
    oracle_free(&eye);
    measuring_free(&w);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
