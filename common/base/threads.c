/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <omp.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "base/blas.h"
#include "base/threads.h"

static void flush_subnormals(void)
{
#ifdef __SSE2__
    _MM_SET_FLUSH_ZERO_MODE(_MM_FLUSH_ZERO_ON);
    _MM_SET_DENORMALS_ZERO_MODE(_MM_DENORMALS_ZERO_ON);
#endif
}

void threads_begin(int threads)
{
    if (threads > 0) omp_set_num_threads(threads);
    omp_set_dynamic(0);
    openblas_set_num_threads(1);
    flush_subnormals();
    #pragma omp parallel
    flush_subnormals();
}

int threads_count(void)
{
    return omp_get_max_threads();
}

size_t threads_index(void)
{
    return (size_t)omp_get_thread_num();
}

piece piece_of(size_t n, size_t unit, size_t pieces, size_t index)
{
    size_t units = (n + unit - 1) / unit;
    size_t first = units * index / pieces * unit;
    size_t last = units * (index + 1) / pieces * unit;
    return (piece){ first < n ? first : n, last < n ? last : n };
}

size_t pieces_for(size_t numbers)
{
    return numbers / (1 << 14) + 1;
}
