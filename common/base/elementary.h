/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_ELEMENTARY_H
#define BASE_ELEMENTARY_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/mat.h"

/*
# An exponential that vectorises

The loss of a batch of 256 needs 65,536 exponentials a layer. The library's
`expf` is called one number at a time; a few multiplications that the compiler
can spread over 16 lanes are an order of magnitude faster. We write
$x = n \ln 2 + r$ with an integer $n$ and $|r| \le \tfrac12 \ln 2$, so that
$e^x = 2^n e^r$:

* $n$ by adding and subtracting $1.5 \cdot 2^{23}$, which rounds a float to the
  nearest integer;
* $r$ in two steps, because $\ln 2$ as one float is off by more than we can
  afford when $n$ is large (Cody and Waite);
* $e^r$ by a polynomial of degree 6 (the coefficients of Cephes' `expf`);
* $2^n$ by adding $n$ to the exponent bits. Before the subtraction $n$ stands in the last bits of the float, where
  it is read as an integer: to cast a NaN into one is undefined.

Below -87.3 the result would not be a normal number, and is 0; above 88.37 $n$
would be 128 and $2^n$ no float, so the result stays at $e^{88.37}$. A NaN stays
a NaN. The relative error is below $2 \cdot 10^{-7}$, which
`tests/elementary.c` checks on every float. The double build calls the library.
*/
static inline float expf_lanes(float x)
{
    const float log2e = 1.44269504f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
    const float rounder = 12582912.0f;                            /* 1.5 * 2^23 */
    float inside = x > 88.37f ? 88.37f : x < -87.3f ? -87.3f : x;
    float shifted = inside * log2e + rounder, n = shifted - rounder;
    float r = (inside - n * ln2_high) - n * ln2_low;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    uint32_t power, zero;
    memcpy(&power, &shifted, sizeof power);
    memcpy(&zero, &rounder, sizeof zero);
    power = (power - zero + 127) << 23;
    float scale;
    memcpy(&scale, &power, sizeof scale);
    return x < -87.3f ? 0.0f : p * scale;
}

/*
# Logarithm of one plus x, for 0 <= x <= 1

Both binary cross-entropy and softplus need $\ln(1 + e^{-|z|})$, whose
argument lies between 0 and 1. With $s = x / (2 + x)$ it is
$2\,\mathrm{artanh}\, s = 2 (s + s^3/3 + s^5/5 + \dots)$, and
$s \le \tfrac13$: nine terms leave a relative error of $10^{-10}$, and none
of them cancels.
*/
static inline float log1pf_lanes(float x)
{
    float s = x / (2.0f + x), q = s * s, p = 1.0f / 17;
    p = p * q + 1.0f / 15;
    p = p * q + 1.0f / 13;
    p = p * q + 1.0f / 11;
    p = p * q + 1.0f / 9;
    p = p * q + 1.0f / 7;
    p = p * q + 1.0f / 5;
    p = p * q + 1.0f / 3;
    p = p * q + 1.0f;
    return 2 * s * p;
}

#ifdef REAL_IS_DOUBLE
static inline real real_exp(real x)   { return exp(x); }
static inline real real_log1p(real x) { return log1p(x); }
static inline real real_log(real x)   { return log(x); }
static inline real real_sqrt(real x)  { return sqrt(x); }
static inline real real_abs(real x)   { return fabs(x); }
#else
static inline real real_exp(real x)   { return expf_lanes(x); }
static inline real real_log1p(real x) { return log1pf_lanes(x); }
static inline real real_log(real x)   { return logf(x); }
static inline real real_sqrt(real x)  { return sqrtf(x); }
static inline real real_abs(real x)   { return fabsf(x); }
#endif

/* 1 / (1 + e^-x), from e^-|x| so that nothing overflows. */
static inline real real_sigmoid(real x)
{
    real e = real_exp(-real_abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
}

/* (1 - e^-2|x|) / (1 + e^-2|x|) with the sign of x; absolute error 1e-7. */
static inline real real_tanh(real x)
{
    real e = real_exp(-2 * real_abs(x));
    real t = (1 - e) / (1 + e);
    return x >= 0 ? t : -t;
}

static inline real real_max(real a, real b) { return a > b ? a : b; }
static inline real real_min(real a, real b) { return a < b ? a : b; }

#endif
