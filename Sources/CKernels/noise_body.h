// The noise kernels for one instruction set. Included by noise.c once for each, with LANES, TARGET and NAME as
// philox_body.h wants them.
//
// Only operations that IEEE 754 rounds in one way are used (+ - * sqrt, explicit fma, integer arithmetic), in a
// fixed order, so all instruction sets give the same bits. Layouts of the random words are told in noise.c.
#include "philox_body.h"

typedef float NAME(f32) __attribute__((vector_size(LANES * 4)));
typedef float NAME(f32_unaligned) __attribute__((vector_size(LANES * 4), aligned(4)));
typedef int32_t NAME(i32) __attribute__((vector_size(LANES * 4)));

#define F32 NAME(f32)
#define F32_UNALIGNED NAME(f32_unaligned)
#define I32 NAME(i32)
#define FMA(a, b, c) __builtin_elementwise_fma((a), (b), (c))
#define SPREAD(value) ((F32){0} + (value))

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
        const uint64_t first_counter = first / 2048 * 16;
        const struct counter_range range = counter_range_of(seed, first_counter);
        NAME(words_of_16)(sign_words, &range, first_counter);
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
#undef LANE_PAIRS
#undef LANES
#undef TARGET
#undef NAME
