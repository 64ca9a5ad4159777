// Philox4x32-10 for one instruction set. Included once for each by the files that draw random words, with these
// defined:
//
//   LANES      32-bit words in a vector: 4, 8 or 16
//   TARGET     the target attribute of every function
//   NAME(f)    the name of f for this instruction set
//
// Defines U32, U64, INLINE and LANE_PAIRS for the including file, which undefines them with the names above.
#include "philox.h"

typedef uint32_t NAME(u32) __attribute__((vector_size(LANES * 4)));
typedef uint64_t NAME(u64) __attribute__((vector_size(LANES * 4)));

#define U32 NAME(u32)
#define U64 NAME(u64)
#define INLINE static inline __attribute__((always_inline)) TARGET

#if LANES == 16
#define LOW_HALVES(e, o) \
    __builtin_shufflevector((U32)(e), (U32)(o), 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30)
#define HIGH_HALVES(e, o) \
    __builtin_shufflevector((U32)(e), (U32)(o), 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31)
#define LANE_PAIRS ((U64){0, 2, 4, 6, 8, 10, 12, 14})
#elif LANES == 8
#define LOW_HALVES(e, o) \
    __builtin_shufflevector((U32)(e), (U32)(o), 0, 8, 2, 10, 4, 12, 6, 14)
#define HIGH_HALVES(e, o) \
    __builtin_shufflevector((U32)(e), (U32)(o), 1, 9, 3, 11, 5, 13, 7, 15)
#define LANE_PAIRS ((U64){0, 2, 4, 6})
#else
#define LOW_HALVES(e, o) \
    __builtin_shufflevector((U32)(e), (U32)(o), 0, 4, 2, 6)
#define HIGH_HALVES(e, o) \
    __builtin_shufflevector((U32)(e), (U32)(o), 1, 5, 3, 7)
#define LANE_PAIRS ((U64){0, 2})
#endif

// The 64-bit products of the low halves; what is in the high halves does not matter.
INLINE U64 NAME(product)(U64 a, uint32_t b) { return (a & 0xffffffffu) * ((U64){0} + b); }

struct NAME(block) {
    U64 x0, x1, x2, x3;
};

// Rounds 1 to 9 for one counter in each 64-bit lane, from the counters' products with the first multiplier.
// Each word is in the low half of its lane, with rubbish above, which saves all masking.
INLINE struct NAME(block) NAME(nine_rounds)(const struct counter_range *range, U64 first_products) {
    const uint32_t *k0 = range->k0, *k1 = range->k1;
    struct NAME(block) x;
    // Round 1 leaves x0 the same in all lanes and x1 zero.
    x.x2 = (first_products >> 32) ^ k1[0];
    x.x3 = first_products;
    // Round 2, whose x3 is the same in all lanes.
    U64 p1 = NAME(product)(x.x2, PHILOX_M1);
    x.x0 = (p1 >> 32) ^ k0[1];
    x.x1 = p1;
    x.x2 = x.x3 ^ range->round2_x2;
    // Round 3.
    U64 p0 = NAME(product)(x.x0, PHILOX_M0);
    p1 = NAME(product)(x.x2, PHILOX_M1);
    x.x0 = (p1 >> 32) ^ x.x1 ^ k0[2];
    x.x1 = p1;
    x.x2 = (p0 >> 32) ^ range->round3_x2;
    x.x3 = p0;
#pragma clang loop unroll(full)
    for (int round = 3; round < 9; round++) {
        p0 = NAME(product)(x.x0, PHILOX_M0);
        p1 = NAME(product)(x.x2, PHILOX_M1);
        x.x0 = (p1 >> 32) ^ x.x1 ^ k0[round];
        x.x1 = p1;
        x.x2 = (p0 >> 32) ^ x.x3 ^ k1[round];
        x.x3 = p0;
    }
    return x;
}

struct NAME(words) {
    U32 w0, w1, w2, w3;
};

// The four words of Philox4x32-10 for LANES counters in a row: rounds 1 to 9 apart for even and odd lanes, then
// the last one, which brings them together.
INLINE struct NAME(words) NAME(philox)(const struct counter_range *range, U64 even_products, U64 odd_products) {
    struct NAME(block) even = NAME(nine_rounds)(range, even_products);
    struct NAME(block) odd = NAME(nine_rounds)(range, odd_products);
    U64 even0 = NAME(product)(even.x0, PHILOX_M0), even1 = NAME(product)(even.x2, PHILOX_M1);
    U64 odd0 = NAME(product)(odd.x0, PHILOX_M0), odd1 = NAME(product)(odd.x2, PHILOX_M1);
    struct NAME(words) words;
    words.w0 = HIGH_HALVES(even1, odd1) ^ LOW_HALVES(even.x1, odd.x1) ^ range->k0[9];
    words.w1 = LOW_HALVES(even1, odd1);
    words.w2 = HIGH_HALVES(even0, odd0) ^ LOW_HALVES(even.x3, odd.x3) ^ range->k1[9];
    words.w3 = LOW_HALVES(even0, odd0);
    return words;
}

// The words of 16 counters in a row, words[w][lane]; the first is a multiple of 16 and of the range.
INLINE void NAME(words_of_16)(uint32_t words[4][16], const struct counter_range *range, uint64_t first_counter) {
    U64 products = (LANE_PAIRS + (uint32_t)first_counter) * PHILOX_M0;
#pragma clang loop unroll(full)
    for (int lane = 0; lane < 16; lane += LANES) {
        struct NAME(words) part = NAME(philox)(
            range, products + lane * (uint64_t)PHILOX_M0, products + (lane + 1) * (uint64_t)PHILOX_M0);
        __builtin_memcpy(&words[0][lane], &part.w0, sizeof part.w0);
        __builtin_memcpy(&words[1][lane], &part.w1, sizeof part.w1);
        __builtin_memcpy(&words[2][lane], &part.w2, sizeof part.w2);
        __builtin_memcpy(&words[3][lane], &part.w3, sizeof part.w3);
    }
}

#undef LOW_HALVES
#undef HIGH_HALVES
