/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BLAS_H
#define BASE_BLAS_H

#include <gsl/gsl_cblas.h>

#include "base/mat.h"

/*
# Matrix products

$C \leftarrow \alpha\, \mathrm{op}(A)\, \mathrm{op}(B) + \beta C$, where op
transposes or not. With $\beta = 0$ the old contents of C are not read.
Cost: $2mnk$ flops. The product is cut into blocks of C that the threads share
out evenly; called from inside a parallel region it runs on the calling thread,
with the same bits.

    gemm(y, 1, x, PLAIN, w, PLAIN, 0);           y = x w
    gemm(dw, 1, x, TRANSPOSED, dy, PLAIN, 1);    dw += x' dy
*/
typedef enum { PLAIN = CblasNoTrans, TRANSPOSED = CblasTrans } orientation;

void gemm(mat c, double alpha, mat a, orientation op_a, mat b, orientation op_b,
          double beta);

/*
The same on the calling thread, for blocks inside larger matrices: C is
`m` x `n`, the inner dimension `k`, and each matrix has its own row stride.
*/
void gemm_block(size_t m, size_t n, size_t k, double alpha,
                const real *a, size_t a_stride, orientation op_a,
                const real *b, size_t b_stride, orientation op_b,
                double beta, real *c, size_t c_stride);

/*
OpenBLAS' own entry points. `<cblas.h>` cannot be included beside GSL's
headers (both declare the same enums), so what we use of it stands here. That
these symbols are referenced also makes the linker keep OpenBLAS in front of
GSL's slow reference BLAS, whatever the order of the libraries.
*/
void openblas_set_num_threads(int threads);
char *openblas_get_corename(void);
char *openblas_get_config(void);

#endif
