/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
Twelve independent chains of multiply-adds are more than its latency needs to be
hidden, and fit in the registers of AVX-512; an AVX2 machine works on their halves.
The chains start at different values: equal ones the compiler would compute once. This
file alone asks it to contract a product and a sum into one operation.
*/
#pragma GCC optimize("fp-contract=fast")
#include <omp.h>

#include "base/threads.h"
#include "bench/peak.h"
#include "run/progress.h"

typedef float lanes __attribute__((vector_size(64)));
enum { CHAINS = 12, ROUNDS = 4 << 20 };

KERNEL static float multiply_add(float start)
{
    lanes chain[CHAINS], factor = { 0 }, term = { 0 };
    factor += 0.999999f;
    term += 1e-7f;
    for (int c = 0; c < CHAINS; c++) chain[c] = factor * (start + (float)c);
    for (int round = 0; round < ROUNDS; round++) {
        #pragma GCC unroll 12
        for (int c = 0; c < CHAINS; c++) chain[c] = chain[c] * factor + term;
    }
    float sum = 0;
    for (int c = 0; c < CHAINS; c++)
        for (int l = 0; l < 16; l++) sum += chain[c][l];
    return sum;
}

double peak_flops(void)
{
    const double flops = 2.0 * 16 * CHAINS * ROUNDS * threads_count();
    double best = 0;
    volatile float sink = 0;
    for (int repeat = 0; repeat < 5; repeat++) {
        float sum = 0;
        double began = progress_clock();
        #pragma omp parallel reduction(+ : sum)
        sum += multiply_add((float)omp_get_thread_num());
        double rate = flops / (progress_clock() - began);
        sink = sum;
        if (rate > best) best = rate;
    }
    (void)sink;
    return best;
}
