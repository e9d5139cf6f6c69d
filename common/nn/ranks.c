/* SPDX-License-Identifier: GPL-3.0-or-later */
#if __has_include(<mpi/mpi.h>)
#define HAVE_MPI
#include <mpi/mpi.h>
#endif
#include <stdbool.h>
#include <stdlib.h>

#include "base/error.h"
#include "nn/ranks.h"

/*
# With MPI, and without

An error of MPI's ends all ranks, with its own message; so no call is checked here. Our programs have threads, of which
the first alone calls MPI ("funneled"). Started by `mpirun` a program without MPI would be several that do the same.
*/
ranks ranks_begin(int *argc, char ***argv)
{
    ranks r = { 0, 1 };
#ifdef HAVE_MPI
    int threads;
    MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &threads);
    REQUIRE(threads >= MPI_THREAD_FUNNELED, "MPI without threads (level %d)", threads);
    MPI_Comm_rank(MPI_COMM_WORLD, &r.index);
    MPI_Comm_size(MPI_COMM_WORLD, &r.count);
#else
    (void)argc, (void)argv;
    if (getenv("OMPI_COMM_WORLD_SIZE"))
        die(STATUS_USAGE, "built without MPI; install libopenmpi-dev, then `make clean` and make it again");
#endif
    return r;
}

void ranks_end(void)
{
#ifdef HAVE_MPI
    MPI_Finalize();
#endif
}

static void add_up(void *numbers, size_t count, bool is_double)
{
#ifdef HAVE_MPI
    MPI_Allreduce(MPI_IN_PLACE, numbers, (int)count, is_double ? MPI_DOUBLE : MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
#else
    (void)numbers, (void)count, (void)is_double;
#endif
}

/*
# What the ranks do
*/
piece ranks_rows(const ranks *r, size_t n)
{
    REQUIRE(n >= (size_t)r->count, "a batch of %zu for %d ranks", n, r->count);
    return piece_of(n, 1, (size_t)r->count, (size_t)r->index);
}

double ranks_share(const ranks *r, size_t n)
{
    piece mine = ranks_rows(r, n);
    return (double)(mine.last - mine.first) / (double)n;
}

void ranks_add(const ranks *r, parameter *const *parameters, size_t count)
{
    for (size_t i = 0; i < count && r->count > 1; i++)
        add_up(parameters[i]->grad.at, mat_size(parameters[i]->grad), sizeof(real) == sizeof(double));
}

double ranks_sum(const ranks *r, double part)
{
    if (r->count > 1) add_up(&part, 1, true);
    return part;
}
