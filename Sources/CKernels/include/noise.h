#ifndef LEZOBENCH_NOISE_H
#define LEZOBENCH_NOISE_H

#include <stddef.h>
#include <stdint.h>

// The perturbation z(seed, i): one float for each 64-bit index i, a pure function of seed and i, with the same
// bits on every instruction set. Its definition in readable form is NoiseStream in the module RandomStreams.
enum ck_noise {
    CK_NOISE_GAUSSIAN = 0,    // standard normal
    CK_NOISE_RADEMACHER = 1,  // -1 or +1
};

// values[j] += scale * z(seed, first + j) for 0 <= j < count, with one rounding (a fused multiply-add).
void ck_noise_add(float *values, size_t count, uint64_t first, uint64_t seed, float scale, enum ck_noise noise);

// values[j] = scale * z(seed, first + j) for 0 <= j < count.
void ck_noise_fill(float *values, size_t count, uint64_t first, uint64_t seed, float scale, enum ck_noise noise);

// plus[j] = values[j] + scale * z(seed, first + j) and minus[j] = values[j] - scale * z(seed, first + j), each with one
// rounding, for 0 <= j < count. plus may be values itself; otherwise the three do not overlap.
void ck_noise_probe(
    const float *values, float *plus, float *minus, size_t count, uint64_t first, uint64_t seed, float scale,
    enum ck_noise noise);

#endif
