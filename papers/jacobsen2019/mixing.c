/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "base/blas.h"
#include "base/error.h"
#include "logdet.h"
#include "mixing.h"
#include "nn/convolution.h"

/*
# The two factors

In *lower* stand L with its ones, in *upper* U with its diagonal.
*/
typedef struct factors { mat lower, upper; } factors;

static factors split(mat lu, mat s, mat fixed, arena *a)
{
    size_t c = lu.rows;
    factors f = { arena_mat(a, c, c), arena_mat(a, c, c) };
    for (size_t i = 0; i < c; i++)
        for (size_t j = 0; j < c; j++) {
            real v = mat_row(lu, i)[j];
            mat_row(f.lower, i)[j] = i > j ? v : i == j;
            mat_row(f.upper, i)[j] = i < j ? v : i == j ? (real)((double)mat_row(fixed, 1)[i] * exp((double)s.at[i])) : 0;
        }
    return f;
}

static size_t place(mat fixed, size_t i)
{
    return (size_t)mat_row(fixed, 0)[i];
}

/*
# Its gradient

Let $A = P^\top W = LU$ and $\Delta = P^\top\, \partial L / \partial W$, whose rows come in the order of A. Then

$$ \frac{\partial L}{\partial L} = \Delta\, U^\top, \qquad \frac{\partial L}{\partial U} = L^\top \Delta, \qquad
   \frac{\partial L}{\partial s_i} = \left( L^\top \Delta \right)_{ii} U_{ii}, $$

of which only the triangle counts that is learned.
*/
static void mixing_matrix_backward(tape *t, node *w)
{
    const mixing *m = w->saved;
    arena *a = tape_arena(t);
    mat dlu = node_grad(t, w->in[0]), ds = node_grad(t, w->in[1]);
    size_t c = m->channels;
    factors f = split(w->in[0]->value, w->in[1]->value, m->fixed, a);
    mat delta = arena_mat(a, c, c), dlower = arena_mat(a, c, c), dupper = arena_mat(a, c, c);
    for (size_t i = 0; i < c; i++) mat_copy(mat_rows(delta, i, 1), mat_rows(w->grad, place(m->fixed, i), 1));
    gemm(dlower, 1, delta, PLAIN, f.upper, TRANSPOSED, 0);
    gemm(dupper, 1, f.lower, TRANSPOSED, delta, PLAIN, 0);
    for (size_t i = 0; i < c; i++) {
        if (ds.at) ds.at[i] = mat_row(dupper, i)[i] * mat_row(f.upper, i)[i];
        for (size_t j = 0; dlu.at && j < c; j++)
            mat_row(dlu, i)[j] = i > j ? mat_row(dlower, i)[j] : i < j ? mat_row(dupper, i)[j] : 0;
    }
}

/* $W = PA$: row i of A stands where P puts it. */
static void assemble(mat w, factors f, mat fixed, arena *scratch)
{
    mat product = arena_mat(scratch, w.rows, w.cols);
    gemm(product, 1, f.lower, PLAIN, f.upper, PLAIN, 0);
    for (size_t i = 0; i < w.rows; i++) mat_copy(mat_rows(w, place(fixed, i), 1), mat_rows(product, i, 1));
}

node *mixing_matrix(tape *t, node *lu, node *s, mixing *m)
{
    node *w = tape_operation(t, "mixing_matrix", m->channels, m->channels, lu, s, NULL, mixing_matrix_backward);
    w->saved = m;
    assemble(w->value, split(lu->value, s->value, m->fixed, tape_arena(t)), m->fixed, tape_arena(t));
    return w;
}

/*
# The layer

The random rotation is the Q of a matrix of normal draws.
*/
mixing mixing_new(arena *memory, const char *name, size_t channels)
{
    mixing m = { .channels = channels, .lu = parameter_new(memory, name, "lu", channels, channels),
                 .s = parameter_new(memory, name, "s", 1, channels), .fixed = arena_mat(memory, 2, channels) };
    for (size_t i = 0; i < channels; i++) {
        mat_row(m.fixed, 0)[i] = (real)i;
        mat_row(m.fixed, 1)[i] = 1;
    }
    return m;
}

void mixing_start(mixing *m, gsl_rng *rng)
{
    size_t c = m->channels;
    int sign;
    gsl_matrix *a = gsl_matrix_alloc(c, c), *q = gsl_matrix_alloc(c, c), *r = gsl_matrix_alloc(c, c);
    gsl_vector *tau = gsl_vector_alloc(c);
    gsl_permutation *p = gsl_permutation_alloc(c);
    for (size_t i = 0; i < c * c; i++) a->data[i] = gsl_ran_gaussian(rng, 1);
    gsl_linalg_QR_decomp(a, tau);
    gsl_linalg_QR_unpack(a, tau, q, r);
    gsl_linalg_LU_decomp(q, p, &sign);         /* row i of LU is row p_i of Q */
    for (size_t i = 0; i < c; i++) {
        double diagonal = gsl_matrix_get(q, i, i);
        mat_row(m->fixed, 0)[i] = (real)gsl_permutation_get(p, i);
        mat_row(m->fixed, 1)[i] = diagonal < 0 ? -1 : 1;
        m->s.value.at[i] = (real)log(fabs(diagonal));
        for (size_t j = 0; j < c; j++) mat_row(m->lu.value, i)[j] = i == j ? 0 : (real)gsl_matrix_get(q, i, j);
    }
    gsl_permutation_free(p);
    gsl_vector_free(tau);
    gsl_matrix_free(a);
    gsl_matrix_free(q);
    gsl_matrix_free(r);
}

node *mixing_apply(tape *t, mixing *m, node *x, image in, node **logdet)
{
    REQUIRE(in.channels == m->channels, "%zu channels, expected %zu", in.channels, m->channels);
    node *s = tape_parameter(t, &m->s);
    logdet_add_sum(t, logdet, s, (double)(in.height * in.width));
    node *w = mixing_matrix(t, tape_parameter(t, &m->lu), s, m);
    return convolve(t, x, w, NULL, (convolution){ in, m->channels, .kernel = 1, .stride = 1 }, LINEAR);
}

/*
# The way back

$x = y W^{-1}$, with the inverse found in double: it is taken once for thousands of pixels.
*/
void mixing_invert(const mixing *m, mat x, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    size_t c = m->channels;
    mat w = arena_mat(scratch, c, c), y = arena_mat(scratch, x.rows, x.cols);
    assemble(w, split(m->lu.value, m->s.value, m->fixed, scratch), m->fixed, scratch);
    gsl_matrix *a = gsl_matrix_alloc(c, c), *inverse = gsl_matrix_alloc(c, c);
    gsl_permutation *p = gsl_permutation_alloc(c);
    int sign;
    for (size_t i = 0; i < c * c; i++) a->data[i] = (double)w.at[i];
    gsl_linalg_LU_decomp(a, p, &sign);
    gsl_linalg_LU_invert(a, p, inverse);
    for (size_t i = 0; i < c * c; i++) w.at[i] = (real)inverse->data[i];
    gsl_permutation_free(p);
    gsl_matrix_free(a);
    gsl_matrix_free(inverse);
    mat_copy(y, x);
    gemm(image_pixels(x, c), 1, image_pixels(y, c), PLAIN, w, PLAIN, 0);
    arena_release(scratch, mark);
}
