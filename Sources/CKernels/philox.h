// Philox4x32-10 (Salmon et al. 2011) in counter mode: what its vector forms in philox_body.h share.
//
// A counter's low 64 bits are its number, its high 64 bits zero; the key is a seed, low word first.
#ifndef LEZOBENCH_PHILOX_H
#define LEZOBENCH_PHILOX_H

#include <stdint.h>

#define PHILOX_M0 0xD2511F53u
#define PHILOX_M1 0xCD9E8D57u
#define PHILOX_W0 0x9E3779B9u
#define PHILOX_W1 0xBB67AE85u

// What Philox needs for all counters that share their high word: round keys, and the words of its first rounds
// that do not depend on the counter's low word.
struct counter_range {
    uint32_t k0[10], k1[10];
    uint32_t round2_x2, round3_x2;
};

static inline struct counter_range counter_range_of(uint64_t seed, uint64_t counter) {
    struct counter_range range;
    for (uint32_t round = 0; round < 10; round++) {
        range.k0[round] = (uint32_t)seed + round * PHILOX_W0;
        range.k1[round] = (uint32_t)(seed >> 32) + round * PHILOX_W1;
    }
    uint64_t product = (uint64_t)((uint32_t)(counter >> 32) ^ range.k0[0]) * PHILOX_M0;
    range.round2_x2 = (uint32_t)(product >> 32) ^ range.k1[1];
    range.round3_x2 = (uint32_t)product ^ range.k1[2];
    return range;
}

#endif
