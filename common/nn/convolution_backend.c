/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lanes.h"
#include "base/threads.h"
#include "nn/convolution_backend.h"

#ifdef HAVE_ONEDNN
const convolution_backend *const convolution_backend_used = &convolution_onednn;
#else
const convolution_backend *const convolution_backend_used = &convolution_gemm;
#endif

/*
# Chunks of a batch
*/
static size_t chunk_of(size_t n, size_t numbers, size_t least)
{
    size_t chunks = CHUNKS;
    while (chunks > 1 && numbers / chunks < least) chunks /= 2;
    return (n + chunks - 1) / chunks;
}

size_t convolution_chunk(size_t n)
{
    return chunk_of(n, n, CHUNK_IMAGES);
}

size_t convolution_chunk_weights(size_t n, convolution c)
{
    image out = convolution_out(c);
    size_t few = chunk_of(n, n * out.height * out.width, CHUNK_PIXELS), usual = convolution_chunk(n);
    return few > usual ? few : usual;
}

KERNEL static void add_chunks(real *sum, mat chunks, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) sum[i] = chunks.at[i];
    for (size_t k = 1; k < chunks.rows; k++) {
        const real *row = mat_row(chunks, k);
        for (size_t i = first; i < last; i++) sum[i] += row[i];
    }
}

void convolution_add_chunks(real *sum, mat chunks)
{
    size_t pieces = pieces_for(mat_size(chunks));
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(chunks.cols, LANES, pieces, i);
        add_chunks(sum, chunks, p.first, p.last);
    }
}
