/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# How a tape treats what is used twice, not at all, or wrongly

That gradients are right is the business of `tests/gradients.c`.

    tape [CASE]            all cases, or one
    tape refuse WHAT       breaks one contract, and should not survive it
*/
#include <gsl/gsl_test.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/threads.h"
#include "cases.h"
#include "nn/dense.h"
#include "nn/losses.h"
#include "tape/arithmetic.h"

static arena *memory;
static tape *t;

static parameter parameter_of(mat value)
{
    parameter p = { .name = "w", .value = value,
                    .grad = arena_mat(memory, value.rows, value.cols) };
    mat_fill(p.grad, (real)NAN);
    return p;
}

/*
# Used twice

$L = \overline{w} + \overline{2 w + 3 w}$ has the gradient $6 / n$ in every element, whichever
way w came onto the tape.
*/
static void test_sharing(void)
{
    mat value = arena_mat(memory, 2, 3);
    mat_fill(value, 5);
    parameter w = parameter_of(value), idle = parameter_of(arena_mat(memory, 3, 3));
    mat_fill(idle.value, 1);
    for (int step = 0; step < 3; step++) {
        node *first = tape_parameter(t, &w), *second = tape_parameter(t, &w);
        gsl_test(first != second, "used twice, a parameter is one node");
        node *unused = scale(t, tape_parameter(t, &idle), 2);
        node *loss = add(t, mean_all(t, first), mean_all(t, add(t, scale(t, second, 2), scale(t, first, 3))));
        gsl_test_rel(node_scalar(loss), 30, 1e-6, "the loss itself");
        tape_backward(t, loss);
        for (size_t i = 0; i < 6; i++)
            gsl_test_rel((double)w.grad.at[i], 1, 1e-6, "step %d: both uses add to one gradient", step);
        for (size_t i = 0; i < 9; i++)
            gsl_test(idle.grad.at[i] != 0, "step %d: what the loss does not use has a gradient of 0", step);
        gsl_test(unused->grad.at != NULL, "and nothing flows there");
        tape_reset(t);
        mat_fill(w.grad, (real)NAN);
        mat_fill(idle.grad, (real)NAN);
    }
}

/* Two tapes at once: a parameter has a node on each. */
static void test_two_tapes(void)
{
    mat value = arena_mat(memory, 1, 2);
    mat_fill(value, 1);
    parameter w = parameter_of(value);
    tape *other = tape_new();
    node *here = tape_parameter(t, &w), *there = tape_parameter(other, &w);
    gsl_test(here == there, "each tape has a node of its own");
    tape_backward(other, mean_all(other, scale(other, there, 4)));
    gsl_test_rel((double)w.grad.at[1], 2, 1e-6, "the gradient of the tape that was asked");
    tape_free(other);
    tape_free(NULL);
    tape_reset(t);
}

/* Constants are not asked for a gradient, and have none. */
static void test_constants(void)
{
    mat value = arena_mat(memory, 2, 2);
    mat_fill(value, 1);
    node *constant = tape_input(t, value), *x = tape_variable(t, value);
    node *doubled = scale(t, constant, 2);
    gsl_test(constant->wanted || doubled->wanted || !x->wanted, "who wants a gradient");
    tape_backward(t, mean_all(t, add(t, doubled, x)));
    gsl_test(constant->grad.at || doubled->grad.at, "a constant has no gradient");
    gsl_test_rel((double)x->grad.at[3], 0.25, 1e-6, "a variable has");
    gsl_test(x->value.at != value.at, "an input is borrowed, not copied");
    tape_reset(t);
}

/* An infinity is born in `scale` and turns to NaN behind it: the birthplace counts. */
static void test_not_finite(void)
{
    mat fine = arena_mat(memory, 1, 3), one = arena_mat(memory, 1, 3);
    mat_fill(fine, 1);
    mat_fill(one, 1);
    gsl_test(tape_first_not_finite(t) != NULL, "an empty tape is finite");
    node *x = tape_variable(t, fine), *h = activate(t, x, TANH);
    gsl_test(tape_first_not_finite(t) != NULL, "so is one of finite values");
    node *born = scale(t, h, INFINITY);
    node *grown = add(t, born, scale(t, born, -1));
    mean_all(t, grown);
    gsl_test(tape_first_not_finite(t) != born, "an infinity is named where it was born, not \"%s\"",
             tape_first_not_finite(t)->name);
    gsl_test(strcmp(born->name, "scale") != 0, "by the operation's name");
    tape_reset(t);
    one.at[2] = (real)NAN;
    parameter w = parameter_of(one);
    w.name = "layer.w";
    mean_all(t, add(t, tape_parameter(t, &w), tape_input(t, fine)));
    gsl_test(strcmp(tape_first_not_finite(t)->name, "layer.w") != 0, "a weight that is NaN is named");
    tape_reset(t);
}

/* A row that is gathered twice has the gradient of both, one that is left out has none. */
static void test_gathered(void)
{
    static const size_t index[] = { 2, 0, 2, 2 };
    static const double often[] = { 1, 0, 3 };
    mat value = arena_mat(memory, 3, 5);
    mat_fill(value, 1);
    node *x = tape_variable(t, value);
    tape_backward(t, mean_all(t, gather_rows(t, x, index, 4)));
    for (size_t i = 0; i < 15; i++)
        gsl_test_rel((double)x->grad.at[i], often[i / 5] / 20, 1e-6, "row %zu, gathered %g times", i / 5, often[i / 5]);
    tape_reset(t);
}

/* Frozen parameters are constants: what is below them has its gradient all the same. */
static void test_frozen(void)
{
    mat x = arena_mat(memory, 2, 3), value = arena_mat(memory, 3, 1), grad = arena_mat(memory, 3, 1);
    mat_fill(x, 2);
    mat_fill(value, 5);
    mat_fill(grad, 7);
    parameter w = { .name = "w", .value = value, .grad = grad };
    node *bias = tape_input(t, mat_view(x.at, 1, 1));
    for (int frozen = 1; frozen >= 0; frozen--) {
        tape_freeze(t, frozen);
        node *in = tape_variable(t, x);
        tape_backward(t, mean_all(t, dense(t, in, tape_parameter(t, &w), bias, LINEAR)));
        gsl_test_abs((double)in->grad.at[0], 2.5, 1e-6, "frozen %d: the gradient of the input", frozen);
        gsl_test_abs((double)grad.at[0], frozen ? 7 : 2, 1e-6, "frozen %d: the weights'", frozen);
        tape_reset(t);
        bias = tape_input(t, mat_view(x.at, 1, 1));
    }
}

/*
# Broken contracts
*/
static void refuse(const char *what)
{
    node *a = tape_variable(t, arena_mat(memory, 3, 4)), *b = tape_variable(t, arena_mat(memory, 5, 2));
    mat_fill(a->value, 1);
    mat_fill(b->value, 1);
    const int labels[] = { 0, 4, 0 };
    if (strcmp(what, "add") == 0) add(t, a, b);
    if (strcmp(what, "concat_rows") == 0) concat_rows(t, a, b);
    if (strcmp(what, "concat_cols") == 0) concat_cols(t, a, b);
    if (strcmp(what, "take_cols") == 0) take_cols(t, a, 4, 1);
    if (strcmp(what, "dense") == 0) dense(t, a, b, a, RELU);
    if (strcmp(what, "dense_inner") == 0) dense(t, a, b, gather_rows(t, b, (const size_t[]){ 0 }, 1), RELU);
    if (strcmp(what, "row_distances") == 0) row_distances(t, a, b);
    if (strcmp(what, "cross_entropy") == 0) cross_entropy(t, a, labels);
    if (strcmp(what, "binary_cross_entropy") == 0) binary_cross_entropy(t, a, b->value);
    if (strcmp(what, "scalar") == 0) node_scalar(a);
    if (strcmp(what, "loss") == 0) tape_backward(t, a);
    if (strcmp(what, "constant") == 0) tape_backward(t, mean_all(t, tape_input(t, a->value)));
    if (strcmp(what, "twice") == 0) {
        node *loss = mean_all(t, a);
        tape_backward(t, loss);
        tape_backward(t, loss);
    }
    if (strcmp(what, "other_loss") == 0) {
        node *loss = mean_all(t, a), *other = mean_all(t, scale(t, a, 2));
        tape_backward(t, loss);
        tape_backward(t, other);
    }
}

static void memory_reset(void)
{
    arena_reset(memory);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "sharing", test_sharing }, { "two_tapes", test_two_tapes },
        { "constants", test_constants }, { "not_finite", test_not_finite },
        { "frozen", test_frozen }, { "gathered", test_gathered },
    };
    threads_begin(2);
    memory = arena_new();
    t = tape_new();
    if (argc > 2 && strcmp(argv[1], "refuse") == 0) {
        refuse(argv[2]);
        return STATUS_DONE;
    }
    int status = CASES_RUN(cases, memory_reset, argc, argv);
    tape_free(t);
    arena_free(memory);
    return status;
}
