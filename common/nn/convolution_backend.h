/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_CONVOLUTION_BACKEND_H
#define NN_CONVOLUTION_BACKEND_H

#include "nn/convolution.h"

/*
# Two ways to convolve

Three products make a convolution and its gradients. They are computed by

| backend | with | is |
|---------|------|----|
| `convolution_gemm` | patches written out, and OpenBLAS | always there; the one to read (`nn/convolution_gemm.c`) |
| `convolution_onednn` | oneDNN's compiled kernels | faster where channels are few; float only |

`convolution_backend_used` is the one that `convolve()` takes: oneDNN, where the build found
it. `tests/convolution.c` holds both against seven plain loops.

A batch is cut into chunks of images whose size depends on the shapes alone. Each chunk is
computed by one thread, and what chunks add up to (the gradient of the weights) is added in
their order: so threads do not change a bit, whichever the backend.

Scratch memory comes from the arena and is given back.
*/
typedef struct convolution_backend {
    const char *name;
    /* $y = a(x * W + b)$; b may be NULL. */
    void (*forward)(mat y, mat x, mat w, const real *b, activation a, convolution c, arena *scratch);
    /* $\partial L / \partial x$ from $\partial L / \partial z$. */
    void (*backward_data)(mat dx, mat dz, mat w, convolution c, arena *scratch);
    /* $\partial L / \partial W$ from x and $\partial L / \partial z$. */
    void (*backward_weights)(mat dw, mat x, mat dz, convolution c, arena *scratch);
} convolution_backend;

#if __has_include(<oneapi/dnnl/dnnl.h>) && !defined(REAL_IS_DOUBLE)
#define HAVE_ONEDNN
#endif

extern const convolution_backend convolution_gemm;
#ifdef HAVE_ONEDNN
extern const convolution_backend convolution_onednn;
#endif
extern const convolution_backend *const convolution_backend_used;

/*
The images of a chunk. Sixteen chunks keep as many threads busy, but each reads all weights, so there
are 8, 4, 2 or 1 of them if more would have less than `CHUNK_IMAGES`. For the gradient of the weights
every chunk writes a W of its own, and there are as few if more would have less than `CHUNK_PIXELS`
pixels of y.
*/
enum { CHUNKS = 16, CHUNK_IMAGES = 12, CHUNK_PIXELS = 512 };
size_t convolution_chunk(size_t n);
size_t convolution_chunk_weights(size_t n, convolution c);

/* Row by row, what the chunks add up to: as many numbers as a row has. */
void convolution_add_chunks(real *sum, mat chunks);

#endif
