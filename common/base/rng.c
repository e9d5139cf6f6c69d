/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <gsl/gsl_randist.h>

#include "base/error.h"
#include "base/rng.h"

/*
# From a name to a seed

FNV-1a runs over the eight bytes of the seed and the letters of the name;
the finaliser of SplitMix64 then spreads every input bit over the 32 bits that
`gsl_rng_mt19937` takes. Two of a program's few streams coincide with
probability $2^{-32}$ a pair.
*/
static uint32_t stream_seed(uint64_t seed, const char *stream)
{
    uint64_t h = 14695981039346656037u;
    for (int byte = 0; byte < 8; byte++)
        h = (h ^ ((seed >> (8 * byte)) & 255)) * 1099511628211u;
    for (; *stream; stream++)
        h = (h ^ (unsigned char)*stream) * 1099511628211u;
    h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
    h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
    h ^= h >> 31;
    uint32_t folded = (uint32_t)(h >> 32);
    return folded ? folded : 1;              /* never GSL's special seed 0 */
}

gsl_rng *rng_new(unsigned long seed, const char *stream)
{
    REQUIRE(seed != 0, "seed 0 for stream \"%s\": seeds start at 1", stream);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    REQUIRE(rng, "no memory for stream \"%s\"", stream);
    rng_restart(rng, seed, stream);
    return rng;
}

void rng_restart(gsl_rng *rng, unsigned long seed, const char *stream)
{
    gsl_rng_set(rng, stream_seed(seed, stream));
}

void rng_permutation(gsl_rng *rng, size_t *index, size_t n)
{
    for (size_t i = 0; i < n; i++) index[i] = i;
    gsl_ran_shuffle(rng, index, n, sizeof *index);
}

void rng_normal(gsl_rng *rng, mat m, double sd)
{
    for (size_t i = 0; i < mat_size(m); i++)
        m.at[i] = (real)gsl_ran_gaussian_ziggurat(rng, sd);
}

void rng_uniform(gsl_rng *rng, mat m, double low, double high)
{
    for (size_t i = 0; i < mat_size(m); i++)
        m.at[i] = (real)(low + (high - low) * gsl_rng_uniform(rng));
}
