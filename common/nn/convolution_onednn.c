/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/convolution_backend.h"
#ifdef HAVE_ONEDNN
#include <oneapi/dnnl/dnnl.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/threads.h"

/*
# Convolution by oneDNN

The library compiles a kernel for each shape while the program runs. It knows how to work
on images whose channels are last, as ours are; only the weights it wants in an order of its own,
so they are reordered before each product, and their gradient after it.

Left to itself oneDNN shares a product among all threads, and then the sum over a batch
depends on their number. So its kernels are compiled for one thread, and each thread of our
own pool runs them on chunks of the batch.
*/
#define DNNL(call) dnnl_check(call, #call)

static void dnnl_check(dnnl_status_t status, const char *call)
{
    REQUIRE(status == dnnl_success, "oneDNN: status %d of %.60s", (int)status, call);
}

static dnnl_engine_t engine(void)
{
    static dnnl_engine_t cpu;
    if (!cpu) DNNL(dnnl_engine_create(&cpu, dnnl_cpu, 0));
    return cpu;
}

/*
# A kernel

It computes one of the three products for a number of images of a shape. What it reads and
writes, its *arguments*, are called x, w and z here, whatever oneDNN calls them in each.
*/
typedef enum { FORWARD, DATA, WEIGHTS, PRODUCTS } product;
enum { X, W, Z, ARGUMENTS };

static const int argument[PRODUCTS][ARGUMENTS] = {
    { DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST },
    { DNNL_ARG_DIFF_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_DST },
    { DNNL_ARG_SRC, DNNL_ARG_DIFF_WEIGHTS, DNNL_ARG_DIFF_DST },
};

typedef struct kernel kernel;
struct kernel {
    product what;
    convolution c;
    size_t n;
    bool asked;                    /* was the order of its weights asked for? */
    dnnl_primitive_t primitive;
    dnnl_memory_desc_t of[ARGUMENTS], plain_w, scratch;
    dnnl_primitive_t reorder;      /* of w, before the product or after it */
    kernel *next;
};

static void describe(kernel *k, const dnnl_memory_desc_t *w)
{
    image out = convolution_out(k->c), in = k->c.in;
    dnnl_dim_t n = (dnnl_dim_t)k->n, f = (dnnl_dim_t)k->c.filters, c = (dnnl_dim_t)in.channels,
               u = (dnnl_dim_t)k->c.kernel;
    dnnl_dims_t x_dims = { n, c, (dnnl_dim_t)in.height, (dnnl_dim_t)in.width }, w_dims = { f, c, u, u },
                z_dims = { n, f, (dnnl_dim_t)out.height, (dnnl_dim_t)out.width };
    DNNL(dnnl_memory_desc_init_by_tag(&k->of[X], 4, x_dims, dnnl_f32, dnnl_nhwc));
    DNNL(dnnl_memory_desc_init_by_tag(&k->of[Z], 4, z_dims, dnnl_f32, dnnl_nhwc));
    DNNL(dnnl_memory_desc_init_by_tag(&k->plain_w, 4, w_dims, dnnl_f32, dnnl_hwio));
    if (w) k->of[W] = *w;
    else DNNL(dnnl_memory_desc_init_by_tag(&k->of[W], 4, w_dims, dnnl_f32, dnnl_format_tag_any));
}

/* The description of k's product that oneDNN asks for. */
static dnnl_primitive_desc_t primitive_description(kernel *k, product what, dnnl_primitive_desc_t hint)
{
    dnnl_dim_t s = (dnnl_dim_t)k->c.stride, p = (dnnl_dim_t)k->c.padding;
    dnnl_dims_t stride = { s, s }, padding = { p, p };
    dnnl_convolution_desc_t d;
    if (what == FORWARD)
        DNNL(dnnl_convolution_forward_desc_init(&d, dnnl_forward_training, dnnl_convolution_direct,
             &k->of[X], &k->of[W], NULL, &k->of[Z], stride, padding, padding));
    else if (what == DATA)
        DNNL(dnnl_convolution_backward_data_desc_init(&d, dnnl_convolution_direct, &k->of[X],
             &k->of[W], &k->of[Z], stride, padding, padding));
    else
        DNNL(dnnl_convolution_backward_weights_desc_init(&d, dnnl_convolution_direct, &k->of[X],
             &k->of[W], NULL, &k->of[Z], stride, padding, padding));
    dnnl_primitive_attr_t attributes;
    dnnl_primitive_desc_t description;
    DNNL(dnnl_primitive_attr_create(&attributes));
    DNNL(dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user));
    DNNL(dnnl_primitive_desc_create(&description, &d, attributes, engine(), hint));
    DNNL(dnnl_primitive_attr_destroy(attributes));
    return description;
}

static dnnl_primitive_t reorder_new(const dnnl_memory_desc_t *from, const dnnl_memory_desc_t *to)
{
    dnnl_primitive_desc_t description;
    dnnl_primitive_t reorder;
    DNNL(dnnl_reorder_primitive_desc_create(&description, from, engine(), to, engine(), NULL));
    DNNL(dnnl_primitive_create(&reorder, description));
    DNNL(dnnl_primitive_desc_destroy(description));
    return reorder;
}

/* `w` is the order of the weights, or NULL for the one that oneDNN likes best. */
static kernel *kernel_new(product what, convolution c, size_t n, const dnnl_memory_desc_t *w)
{
    static const dnnl_query_t order[PRODUCTS] = { dnnl_query_weights_md, dnnl_query_weights_md,
                                                  dnnl_query_diff_weights_md };
    kernel *k = calloc(1, sizeof *k);
    REQUIRE(k, "no memory for a kernel of oneDNN");
    *k = (kernel){ .what = what, .c = c, .n = n, .asked = w };
    describe(k, w);
    int threads = threads_count();
    omp_set_num_threads(1);
    dnnl_primitive_desc_t hint = what == FORWARD ? NULL : primitive_description(k, FORWARD, NULL);
    dnnl_primitive_desc_t description = primitive_description(k, what, hint);
    DNNL(dnnl_primitive_create(&k->primitive, description));
    omp_set_num_threads(threads);
    k->of[W] = *dnnl_primitive_desc_query_md(description, order[what], 0);
    k->scratch = *dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
    k->reorder = what == WEIGHTS ? reorder_new(&k->of[W], &k->plain_w) : reorder_new(&k->plain_w, &k->of[W]);
    DNNL(dnnl_primitive_desc_destroy(description));
    if (hint) DNNL(dnnl_primitive_desc_destroy(hint));
    return k;
}

/* Compiling takes milliseconds, so kernels are kept, to the end of the program. Which one is found
   does not depend on what was convolved before. */
static kernel *kernel_for(product what, convolution c, size_t n, const dnnl_memory_desc_t *w)
{
    static kernel *made;
    for (kernel *k = made; k; k = k->next)
        if (k->what == what && k->n == n && memcmp(&k->c, &c, sizeof c) == 0
            && (w ? dnnl_memory_desc_equal(w, &k->of[W]) : !k->asked)) return k;
    kernel *k = kernel_new(what, c, n, w);
    k->next = made;
    return made = k;
}

/*
# Running it
*/
static void execute(dnnl_primitive_t primitive, size_t count, const int *name,
                    const dnnl_memory_desc_t *const *of, void *const *at)
{
    dnnl_stream_t stream;
    dnnl_exec_arg_t arg[ARGUMENTS + 1];
    DNNL(dnnl_stream_create(&stream, engine(), dnnl_stream_default_flags));
    for (size_t i = 0; i < count; i++) {
        arg[i].arg = name[i];
        DNNL(dnnl_memory_create(&arg[i].memory, of[i], engine(), at[i]));
    }
    DNNL(dnnl_primitive_execute(primitive, stream, (int)count, arg));
    DNNL(dnnl_stream_wait(stream));
    for (size_t i = 0; i < count; i++) DNNL(dnnl_memory_destroy(arg[i].memory));
    DNNL(dnnl_stream_destroy(stream));
}

static void run(const kernel *k, real *x, real *w, real *z, void *scratch)
{
    const int *a = argument[k->what];
    execute(k->primitive, ARGUMENTS + 1, (const int[]){ a[X], a[W], a[Z], DNNL_ARG_SCRATCHPAD },
            (const dnnl_memory_desc_t *const[]){ &k->of[X], &k->of[W], &k->of[Z], &k->scratch },
            (void *const[]){ x, w, z, scratch });
}

/* Into oneDNN's order before a product, out of it after the gradient. */
static void reorder(const kernel *k, real *to, const real *from)
{
    const dnnl_memory_desc_t *into = k->what == WEIGHTS ? &k->plain_w : &k->of[W],
                             *out_of = k->what == WEIGHTS ? &k->of[W] : &k->plain_w;
    execute(k->reorder, 2, (const int[]){ DNNL_ARG_FROM, DNNL_ARG_TO },
            (const dnnl_memory_desc_t *const[]){ out_of, into }, (void *const[]){ (void *)from, to });
}

/*
# A batch, chunk by chunk

All chunks are of one size but the last, whose kernel has to take the weights in the same order.
`w` has one row for all chunks, or, where it is the result, one for each.
*/
typedef struct batch {
    kernel *whole, *rest;
    size_t chunk, chunks;
} batch;

static batch batch_of(product what, convolution c, size_t n)
{
    batch b = { .chunk = what == WEIGHTS ? convolution_chunk_weights(n, c) : convolution_chunk(n) };
    b.chunks = (n + b.chunk - 1) / b.chunk;
    b.whole = b.rest = kernel_for(what, c, b.chunk, NULL);
    if (n % b.chunk) b.rest = kernel_for(what, c, n % b.chunk, &b.whole->of[W]);
    return b;
}

static size_t weights_size(const batch *b)
{
    return dnnl_memory_desc_get_size(&b->whole->of[W]) / sizeof(real);
}

static void visit(const batch *b, mat x, mat w, mat z, const real *bias, activation a, arena *scratch)
{
    size_t bytes = dnnl_memory_desc_get_size(&b->whole->scratch),
           more = dnnl_memory_desc_get_size(&b->rest->scratch);
    size_t room = ((bytes > more ? bytes : more) + 63) / 64 * 64;
    int threads = threads_count();
    char *rooms = arena_take(scratch, (size_t)threads, room);
    if (b->chunks == 1) omp_set_num_threads(1);      /* no parallel loop says so */
    #pragma omp parallel for schedule(static) if (b->chunks > 1)
    for (size_t i = 0; i < b->chunks; i++) {
        const kernel *k = i + 1 < b->chunks ? b->whole : b->rest;
        real *out = mat_row(z, i * b->chunk);
        run(k, mat_row(x, i * b->chunk), mat_row(w, w.rows > 1 ? i : 0), out, rooms + threads_index() * room);
        if (k->what == FORWARD)
            bias_activate(mat_view(out, k->n * z.cols / k->c.filters, k->c.filters), bias, a);
    }
    omp_set_num_threads(threads);
}

/* The two products that read the weights. */
static void multiply(product what, mat x, mat w, mat z, const real *bias, activation a, convolution c,
                     arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    batch b = batch_of(what, c, x.rows);
    mat ordered = arena_mat(scratch, 1, weights_size(&b));
    reorder(b.whole, ordered.at, w.at);
    visit(&b, x, ordered, z, bias, a, scratch);
    arena_release(scratch, mark);
}

static void forward(mat y, mat x, mat w, const real *bias, activation a, convolution c, arena *scratch)
{
    multiply(FORWARD, x, w, y, bias, a, c, scratch);
}

static void backward_data(mat dx, mat dz, mat w, convolution c, arena *scratch)
{
    multiply(DATA, dx, w, dz, NULL, LINEAR, c, scratch);
}

static void backward_weights(mat dw, mat x, mat dz, convolution c, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    batch b = batch_of(WEIGHTS, c, x.rows);
    mat sums = arena_mat(scratch, b.chunks, weights_size(&b)), sum = arena_mat(scratch, 1, sums.cols);
    visit(&b, x, sums, dz, NULL, LINEAR, scratch);
    convolution_add_chunks(sum.at, sums);
    reorder(b.whole, dw.at, sum.at);
    arena_release(scratch, mark);
}

const convolution_backend convolution_onednn = { "oneDNN", forward, backward_data, backward_weights };
#endif
