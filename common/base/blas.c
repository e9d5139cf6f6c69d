/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>

#include "base/blas.h"
#include "base/error.h"
#include "base/threads.h"

#ifdef REAL_IS_DOUBLE
#define cblas_gemm cblas_dgemm
#else
#define cblas_gemm cblas_sgemm
#endif

void gemm_block(size_t m, size_t n, size_t k, double alpha,
                const real *a, size_t a_stride, orientation op_a,
                const real *b, size_t b_stride, orientation op_b,
                double beta, real *c, size_t c_stride)
{
    REQUIRE((m | n | k | a_stride | b_stride | c_stride) <= INT_MAX,
            "a product of %zu x %zu x %zu with rows of %zu, %zu and %zu: BLAS counts to %d", m, n, k, a_stride, b_stride,
            c_stride, INT_MAX);
    if (m == 0 || n == 0) return;
    cblas_gemm(CblasRowMajor, (enum CBLAS_TRANSPOSE)op_a, (enum CBLAS_TRANSPOSE)op_b,
               (int)m, (int)n, (int)k, (real)alpha, a, (int)a_stride,
               b, (int)b_stride, (real)beta, c, (int)c_stride);
}

/*
# How a product is cut

C is cut along its longer side into blocks of about `BLOCK_FLOPS`: large
enough that packing the operands costs little, small enough that a handful of
threads share a layer of the autoencoder evenly. The number of blocks depends
on the shapes alone, and every element of C is computed inside one block, so
the threads cannot change a bit.
*/
enum { BLOCK_FLOPS = 32 << 20, MOST_BLOCKS = 64, UNIT = 16 };

static size_t blocks_of(size_t m, size_t n, size_t k)
{
    double flops = 2.0 * (double)m * (double)n * (double)k;
    size_t side = (m > n ? m : n) / UNIT;
    size_t blocks = 2 * (size_t)(flops / (2.0 * BLOCK_FLOPS) + 0.75);
    if (blocks > MOST_BLOCKS) blocks = MOST_BLOCKS;
    if (blocks > side) blocks = side;
    return blocks ? blocks : 1;
}

void gemm(mat c, double alpha, mat a, orientation op_a, mat b, orientation op_b,
          double beta)
{
    size_t m = op_a == PLAIN ? a.rows : a.cols, k = op_a == PLAIN ? a.cols : a.rows;
    size_t n = op_b == PLAIN ? b.cols : b.rows, inner = op_b == PLAIN ? b.rows : b.cols;
    REQUIRE(k == inner && c.rows == m && c.cols == n,
            "a product of %zu x %zu by %zu x %zu into %zu x %zu",
            m, k, inner, n, c.rows, c.cols);

    size_t blocks = blocks_of(m, n, k);
    #pragma omp parallel for schedule(static) if (blocks > 1)
    for (size_t i = 0; i < blocks; i++) {
        if (m >= n) {
            piece p = piece_of(m, UNIT, blocks, i);
            gemm_block(p.last - p.first, n, k, alpha,
                       a.at + p.first * (op_a == PLAIN ? a.cols : 1), a.cols, op_a,
                       b.at, b.cols, op_b, beta, c.at + p.first * n, n);
        } else {
            piece p = piece_of(n, UNIT, blocks, i);
            gemm_block(m, p.last - p.first, k, alpha, a.at, a.cols, op_a,
                       b.at + p.first * (op_b == PLAIN ? 1 : b.cols), b.cols, op_b,
                       beta, c.at + p.first, n);
        }
    }
}
