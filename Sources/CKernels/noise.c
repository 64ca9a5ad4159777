// Random perturbations: Philox4x32-10 (Salmon et al. 2011) in counter mode, Box-Muller, and signs.
//
// Gaussian: 16 counters in a row, 4 words each, give 64 elements in a row. Element i is in group i / 64; its
// lane (i % 64) % 16 picks counter (i / 64) * 16 + lane, and (i % 64) / 16 picks one of the counter's four
// normal draws: the first two come from words 0 and 1, the others from words 2 and 3. So a vector of counters
// gives vectors of neighbouring elements and nothing is ever transposed.
//
// Rademacher: 16 counters in a row give 2048 signs. Element i is in block i / 2048, row (i % 2048) / 16 and lane
// i % 16; its sign is bit 31 - row % 32 of word row / 32 of counter (i / 2048) * 16 + lane. 1 means minus.
#pragma STDC FP_CONTRACT OFF

#include "noise.h"

#include "dispatch.h"

// Counters with the same high word belong to this many groups of 16 counters.
#define GROUPS_OF_ONE_HIGH_WORD ((uint64_t)1 << 28)

// Floats ahead of the one being written; prefetching past the end of memory is harmless.
#define PREFETCH_DISTANCE 1024

// Minimax polynomials: -2 log(1 + t) / t between sqrt(1/2) - 1 and sqrt(2) - 1 (relative error 1.8e-7), and in f
// squared sin(pi f / 2) / f (5e-9) and cos(pi f / 2) / (1 - f^2) (2.1e-7) for f between -1 and 1.
#define SQRT_HALF_BITS 0x3f3504f3
#define MINUS_2_LOG_2 -0x1.62e43p+0f
#define LOG_0 -0x1p+1f
#define LOG_1 0x1.00006cp+0f
#define LOG_2 -0x1.5558f4p-1f
#define LOG_3 0x1.ff6928p-2f
#define LOG_4 -0x1.97b166p-2f
#define LOG_5 0x1.612428p-2f
#define LOG_6 -0x1.4b6068p-2f
#define LOG_7 0x1.9cf95ap-3f
#define SIN_0 0x1.921fb6p+0f
#define SIN_1 -0x1.4abbc2p-1f
#define SIN_2 0x1.4668b0p-4f
#define SIN_3 -0x1.324ccap-8f
#define SIN_4 0x1.3daff6p-13f
#define COS_0 0x1.fffffap-1f
#define COS_1 -0x1.de9b12p-3f
#define COS_2 0x1.46aa54p-6f
#define COS_3 -0x1.bb5d2ep-11f

enum operation { ADD, FILL, PROBE };

// Where an operation reads and writes: ADD to = from + scale z, with from and to the same; FILL to = scale z; PROBE
// to = from + scale z and mirror = from - scale z.
struct places {
    const float *from;
    float *to, *mirror;
};

static inline struct places advanced(struct places places, size_t count) {
    return (struct places){
        places.from ? places.from + count : NULL, places.to + count, places.mirror ? places.mirror + count : NULL};
}

// Only what lies in main memory: a probe's results go to a scratch buffer that is in cache.
static inline void prefetch(enum operation operation, struct places places, size_t at) {
    if (operation == PROBE) {
        __builtin_prefetch(places.from + PREFETCH_DISTANCE + at, 0);
    } else {
        __builtin_prefetch(places.to + PREFETCH_DISTANCE + at, 1);
    }
}

#define LANES 4
#define TARGET
#define NAME(f) f##_scalar
#include "noise_body.h"

#if defined(__x86_64__)
#define LANES 8
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(f) f##_avx2
#include "noise_body.h"

#define LANES 16
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))
#define NAME(f) f##_avx512
#include "noise_body.h"
#endif

static void run(
    enum operation operation, struct places places, size_t count, uint64_t first, uint64_t seed, float scale,
    enum ck_noise noise
) {
    switch (ck_isa_current()) {
#if defined(__x86_64__)
    case CK_ISA_AVX512:
        noise_avx512(operation, places, count, first, seed, scale, noise);
        break;
    case CK_ISA_AVX2:
        noise_avx2(operation, places, count, first, seed, scale, noise);
        break;
#endif
    default:
        // On AArch64 the baseline has Advanced SIMD, so this is the NEON path there.
        noise_scalar(operation, places, count, first, seed, scale, noise);
    }
}

void ck_noise_add(float *values, size_t count, uint64_t first, uint64_t seed, float scale, enum ck_noise noise) {
    run(ADD, (struct places){values, values, NULL}, count, first, seed, scale, noise);
}

void ck_noise_fill(float *values, size_t count, uint64_t first, uint64_t seed, float scale, enum ck_noise noise) {
    run(FILL, (struct places){NULL, values, NULL}, count, first, seed, scale, noise);
}

void ck_noise_probe(
    const float *values, float *plus, float *minus, size_t count, uint64_t first, uint64_t seed, float scale,
    enum ck_noise noise
) {
    run(PROBE, (struct places){values, plus, minus}, count, first, seed, scale, noise);
}
