// The noise kernels for one instruction set. Included by noise.c once for each, with these defined:
//
//   LANES      floats in a vector: 4, 8 or 16
//   TARGET     the target attribute of every function
//   NAME(f)    the name of f for this instruction set
//
// Only operations that IEEE 754 rounds in one way are used (+ - * sqrt, explicit fma, integer arithmetic), in a
// fixed order, so all instruction sets give the same bits. Layouts of the random words are told in noise.c.

typedef float NAME(f32) __attribute__((vector_size(LANES * 4)));
typedef float NAME(f32_unaligned) __attribute__((vector_size(LANES * 4), aligned(4)));
typedef int32_t NAME(i32) __attribute__((vector_size(LANES * 4)));
typedef uint32_t NAME(u32) __attribute__((vector_size(LANES * 4)));
typedef uint64_t NAME(u64) __attribute__((vector_size(LANES * 4)));

#define F32 NAME(f32)
#define F32_UNALIGNED NAME(f32_unaligned)
#define I32 NAME(i32)
#define U32 NAME(u32)
#define U64 NAME(u64)
#define INLINE static inline __attribute__((always_inline)) TARGET
#define FMA(a, b, c) __builtin_elementwise_fma((a), (b), (c))
#define SPREAD(value) ((F32){0} + (value))

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

// MARK: Philox

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

// MARK: Gaussian

struct NAME(pair) {
    F32 first, second;
};

// Two independent normal draws a lane from two words a lane (Box and Muller 1958).
INLINE struct NAME(pair) NAME(box_muller)(U32 radius_word, U32 angle_word) {
    // v / 2^31 is uniform in (0, 1]; its least value 2^-32 gives the largest radius, 6.66.
    F32 v = __builtin_convertvector((I32)(radius_word >> 1), F32) + 0.5f;
    // v / 2^31 = 2^exponent * (1 + t) with 1 + t between sqrt(1/2) and sqrt(2).
    I32 offset = (I32)v - (SQRT_HALF_BITS + (31 << 23));
    F32 exponent = __builtin_convertvector(offset >> 23, F32);
    F32 t = (F32)((offset & 0x7fffff) + SQRT_HALF_BITS) - 1.0f;
    // -2 log(1 + t) = t * p(t).
    F32 p = FMA(SPREAD(LOG_7), t, SPREAD(LOG_6));
    p = FMA(FMA(FMA(p, t, SPREAD(LOG_5)), t, SPREAD(LOG_4)), t, SPREAD(LOG_3));
    p = FMA(FMA(FMA(p, t, SPREAD(LOG_2)), t, SPREAD(LOG_1)), t, SPREAD(LOG_0));
    F32 radius = __builtin_elementwise_sqrt(FMA(exponent, SPREAD(MINUS_2_LOG_2), t * p));
    // The angle's top bit is a half turn, which negates both results; the other 31 bits, as a signed number, are
    // an angle f within a quarter turn on either side.
    radius = (F32)((U32)radius ^ (angle_word & 0x80000000u));
    F32 f = __builtin_convertvector((I32)(angle_word << 1), F32) * 0x1p-31f;
    F32 f2 = f * f;
    // sin = f * s(f^2) and cos = (1 - f^2) * c(f^2), exact zeros included.
    F32 s = FMA(FMA(SPREAD(SIN_4), f2, SPREAD(SIN_3)), f2, SPREAD(SIN_2));
    s = FMA(FMA(s, f2, SPREAD(SIN_1)), f2, SPREAD(SIN_0));
    F32 c = FMA(FMA(SPREAD(COS_3), f2, SPREAD(COS_2)), f2, SPREAD(COS_1));
    c = FMA(c, f2, SPREAD(COS_0));
    return (struct NAME(pair)){(radius * FMA(-f, f, SPREAD(1.0f))) * c, (radius * f) * s};
}

INLINE void NAME(apply)(enum operation operation, struct places places, size_t at, F32 z, float scale) {
    F32_UNALIGNED *to = (F32_UNALIGNED *)(places.to + at);
    if (operation == FILL) {
        *to = SPREAD(scale) * z;
        return;
    }
    F32 present = (F32) * (const F32_UNALIGNED *)(places.from + at);
    *to = FMA(SPREAD(scale), z, present);
    if (operation == PROBE) *(F32_UNALIGNED *)(places.mirror + at) = FMA(SPREAD(-scale), z, present);
}

TARGET static inline void NAME(apply_some)(
    enum operation operation, struct places places, const float *z, size_t count, float scale
) {
    for (size_t j = 0; j < count; j++) {
        if (operation == FILL) {
            places.to[j] = scale * z[j];
            continue;
        }
        float present = places.from[j];
        places.to[j] = __builtin_fmaf(scale, z[j], present);
        if (operation == PROBE) places.mirror[j] = __builtin_fmaf(-scale, z[j], present);
    }
}

// Whole groups first_group..<end_group, whose counters share their high word.
//
// The words of the next vector are computed beside the draws of the present one: the two long chains of
// dependent operations then overlap within what an out-of-order CPU can look ahead.
INLINE void NAME(gaussian_groups)(
    enum operation operation, struct places places, uint64_t first_group, uint64_t end_group, uint64_t seed,
    float scale
) {
    const struct counter_range range = counter_range_of(seed, first_group * 16);
    U64 products = (LANE_PAIRS + (uint32_t)(first_group * 16)) * PHILOX_M0;
    struct NAME(words) words = NAME(philox)(&range, products, products + PHILOX_M0);
    for (uint64_t group = first_group; group < end_group; group++) {
#pragma clang loop unroll(full)
        for (int line = 0; line < 4; line++) prefetch(operation, places, 16 * line);
#pragma clang loop unroll(full)
        for (uint64_t lane = 0; lane < 16; lane += LANES) {
            struct NAME(words) next = NAME(philox)(
                &range, products + (lane + LANES) * PHILOX_M0, products + (lane + LANES + 1) * PHILOX_M0);
            struct NAME(pair) low = NAME(box_muller)(words.w0, words.w1);
            struct NAME(pair) high = NAME(box_muller)(words.w2, words.w3);
            NAME(apply)(operation, places, lane, low.first, scale);
            NAME(apply)(operation, places, 16 + lane, low.second, scale);
            NAME(apply)(operation, places, 32 + lane, high.first, scale);
            NAME(apply)(operation, places, 48 + lane, high.second, scale);
            words = next;
        }
        products += 16 * (uint64_t)PHILOX_M0;
        places = advanced(places, 64);
    }
}

INLINE void NAME(gaussian)(
    enum operation operation, struct places places, size_t count, uint64_t first, uint64_t seed, float scale
) {
    while (count > 0) {
        uint64_t group = first / 64, offset = first % 64;
        size_t done;
        if (offset != 0 || count < 64) {
            float z[64];
            NAME(gaussian_groups)(FILL, (struct places){.to = z}, group, group + 1, seed, 1.0f);
            done = 64 - offset < count ? 64 - offset : count;
            NAME(apply_some)(operation, places, z + offset, done, scale);
        } else {
            uint64_t end = (group | (GROUPS_OF_ONE_HIGH_WORD - 1)) + 1;
            if (end - group > count / 64) end = group + count / 64;
            NAME(gaussian_groups)(operation, places, group, end, seed, scale);
            done = (end - group) * 64;
        }
        places = advanced(places, done);
        first += done;
        count -= done;
    }
}

// MARK: Rademacher

// The words of 16 counters in a row, sign_words[w][lane], for one block of 2048 signs.
INLINE void NAME(sign_words)(uint32_t sign_words[4][16], uint64_t block, uint64_t seed) {
    const struct counter_range range = counter_range_of(seed, block * 16);
    U64 products = (LANE_PAIRS + (uint32_t)(block * 16)) * PHILOX_M0;
#pragma clang loop unroll(full)
    for (int lane = 0; lane < 16; lane += LANES) {
        struct NAME(words) words = NAME(philox)(
            &range, products + lane * (uint64_t)PHILOX_M0, products + (lane + 1) * (uint64_t)PHILOX_M0);
        __builtin_memcpy(&sign_words[0][lane], &words.w0, sizeof words.w0);
        __builtin_memcpy(&sign_words[1][lane], &words.w1, sizeof words.w1);
        __builtin_memcpy(&sign_words[2][lane], &words.w2, sizeof words.w2);
        __builtin_memcpy(&sign_words[3][lane], &words.w3, sizeof words.w3);
    }
}

// A step of ±scale for each lane: adding it has the one rounding of a fused multiply-add by ±1.
INLINE void NAME(apply_step)(enum operation operation, struct places places, size_t at, F32 step) {
    F32 present = operation == FILL ? SPREAD(0.0f) : (F32) * (const F32_UNALIGNED *)(places.from + at);
    *(F32_UNALIGNED *)(places.to + at) = operation == FILL ? step : present + step;
    if (operation == PROBE) *(F32_UNALIGNED *)(places.mirror + at) = present - step;
}

INLINE void NAME(rademacher_block)(
    enum operation operation, struct places places, const uint32_t sign_words[4][16], float scale
) {
    U32 magnitude = (U32)SPREAD(scale);
    for (int word = 0; word < 4; word++) {
        U32 signs[16 / LANES];
        __builtin_memcpy(signs, sign_words[word], sizeof signs);
#pragma clang loop unroll_count(4)
        for (int bit = 0; bit < 32; bit++) {
            prefetch(operation, places, 0);
#pragma clang loop unroll(full)
            for (int part = 0; part < 16 / LANES; part++) {
                F32 step = (F32)(magnitude ^ (signs[part] & 0x80000000u));
                NAME(apply_step)(operation, places, part * LANES, step);
                signs[part] += signs[part];
            }
            places = advanced(places, 16);
        }
    }
}

INLINE void NAME(rademacher)(
    enum operation operation, struct places places, size_t count, uint64_t first, uint64_t seed, float scale
) {
    while (count > 0) {
        uint32_t sign_words[4][16];
        size_t offset = first % 2048, done = 2048 - offset < count ? 2048 - offset : count;
        NAME(sign_words)(sign_words, first / 2048, seed);
        if (done == 2048) {
            NAME(rademacher_block)(operation, places, sign_words, scale);
        } else {
            for (size_t j = 0; j < done; j++) {
                size_t row = (offset + j) / 16, lane = (offset + j) % 16;
                float step = sign_words[row / 32][lane] << (row % 32) & 0x80000000u ? -scale : scale;
                places.to[j] = operation == FILL ? step : places.from[j] + step;
                if (operation == PROBE) places.mirror[j] = places.from[j] - step;
            }
        }
        places = advanced(places, done);
        first += done;
        count -= done;
    }
}

// MARK: Entry points

TARGET static void NAME(noise)(
    enum operation operation, struct places places, size_t count, uint64_t first, uint64_t seed, float scale,
    enum ck_noise noise
) {
    // Each operation is a function of its own after inlining, so none pays for another.
    if (noise == CK_NOISE_GAUSSIAN) {
        switch (operation) {
        case ADD: NAME(gaussian)(ADD, places, count, first, seed, scale); break;
        case FILL: NAME(gaussian)(FILL, places, count, first, seed, scale); break;
        case PROBE: NAME(gaussian)(PROBE, places, count, first, seed, scale); break;
        }
    } else {
        switch (operation) {
        case ADD: NAME(rademacher)(ADD, places, count, first, seed, scale); break;
        case FILL: NAME(rademacher)(FILL, places, count, first, seed, scale); break;
        case PROBE: NAME(rademacher)(PROBE, places, count, first, seed, scale); break;
        }
    }
}

#undef F32
#undef F32_UNALIGNED
#undef I32
#undef U32
#undef U64
#undef INLINE
#undef FMA
#undef SPREAD
#undef LOW_HALVES
#undef HIGH_HALVES
#undef LANE_PAIRS
#undef LANES
#undef TARGET
#undef NAME
