// The kernels of 16-bit storage for one instruction set. Included by half_precision.c once for each, with LANES, TARGET
// and NAME as philox_body.h wants them, and CONVERT_HALVES_IN_8 or _IN_16 where F16C can be used.
//
// Rows of 16 elements, which the compiler cuts to the registers at hand. Only operations that IEEE 754 rounds in one
// way are used, so all instruction sets give the same bits.
#include "philox_body.h"

// MARK: Conversion

INLINE floats NAME(widened)(halves stored, enum ck_half_format format) {
    words bits = __builtin_convertvector(stored, words);
    if (format == CK_BFLOAT16) return (floats)(bits << 16);
#if defined(CONVERT_HALVES_IN_16)
    return (floats)_mm512_cvtph_ps((__m256i)stored);
#elif defined(CONVERT_HALVES_IN_8)
    __m128i parts[2];
    __builtin_memcpy(parts, &stored, sizeof parts);
    __m256 wide[2] = {_mm256_cvtph_ps(parts[0]), _mm256_cvtph_ps(parts[1])};
    floats values;
    __builtin_memcpy(&values, wide, sizeof values);
    return values;
#else
    // Exponent and fraction in their places, then scaled, which is exact for subnormal numbers too.
    words magnitude = (bits & 0x7fffu) << 13;
    words finite = (words)((floats)magnitude * 0x1p+112f);
    words special = magnitude | INFINITY_BITS;
    special |= (words)(magnitude > 0x0f800000u) & QUIET_BIT;
    return (floats)(SELECT(magnitude >= 0x0f800000u, special, finite) | (bits & 0x8000u) << 16);
#endif
}

// NaN in the lower 16 bits, quiet; for lanes that hold NaN.
INLINE words NAME(narrowed_nan)(words bits, enum ck_half_format format) {
    if (format == CK_BFLOAT16) return bits >> 16 | 0x0040u;
    return (bits >> 16 & 0x8000u) | 0x7e00u | (bits >> 13 & 0x03ffu);
}

INLINE halves NAME(nearest)(floats values, enum ck_half_format format) {
    words bits = (words)values;
    words magnitude = bits & 0x7fffffffu;
    if (format == CK_BFLOAT16) {
        words rounded = (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16;
        rounded = SELECT(magnitude > INFINITY_BITS, NAME(narrowed_nan)(bits, format), rounded);
        return __builtin_convertvector(rounded, halves);
    }
#if defined(CONVERT_HALVES_IN_16)
    return (halves)_mm512_cvtps_ph((__m512)values, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#elif defined(CONVERT_HALVES_IN_8)
    __m256 wide[2];
    __builtin_memcpy(wide, &values, sizeof wide);
    __m128i parts[2] = {
        _mm256_cvtps_ph(wide[0], _MM_FROUND_TO_NEAREST_INT), _mm256_cvtps_ph(wide[1], _MM_FROUND_TO_NEAREST_INT)};
    halves stored;
    __builtin_memcpy(&stored, parts, sizeof stored);
    return stored;
#else
    words normal = (magnitude - (112u << 23) + 0x0fffu + (magnitude >> 13 & 1u)) >> 13;
    // Next to 1/2 the spacing of float32 is 2^-24, that of subnormal float16.
    words subnormal = (words)((floats)magnitude + 0.5f) - 0x3f000000u;
    words rounded = SELECT(magnitude < LEAST_NORMAL_BITS, subnormal, normal);
    rounded = SELECT(magnitude >= BEYOND_LARGEST_BITS, (words){} + 0x7c00u, rounded);
    rounded |= bits >> 16 & 0x8000u;
    rounded = SELECT(magnitude > INFINITY_BITS, NAME(narrowed_nan)(bits, format), rounded);
    return __builtin_convertvector(rounded, halves);
#endif
}

// `random` has 16 random bits in each lane.
INLINE halves NAME(stochastic)(floats values, words random, enum ck_half_format format) {
    words bits = (words)values;
    words magnitude = bits & 0x7fffffffu;
    words rounded;
    if (format == CK_BFLOAT16) {
        rounded = SELECT(magnitude >= INFINITY_BITS, bits, bits + random) >> 16;
    } else {
        words normal = (magnitude - (112u << 23) + (random >> 3)) >> 13;
        // In units of 2^-40: the spacing of subnormal numbers is 2^16 of them, and no number here is 2^26 of them.
        floats small = (floats)SELECT(magnitude < LEAST_NORMAL_BITS, magnitude, (words){}) * 0x1p+40f;
        words subnormal = ((words)__builtin_convertvector(small, masks) + random) >> 16;
        rounded = SELECT(magnitude < LEAST_NORMAL_BITS, subnormal, normal);
        rounded = SELECT(magnitude >= BEYOND_LARGEST_BITS, (words){} + 0x7c00u, rounded);
        rounded |= bits >> 16 & 0x8000u;
    }
    rounded = SELECT(magnitude > INFINITY_BITS, NAME(narrowed_nan)(bits, format), rounded);
    return __builtin_convertvector(rounded, halves);
}

// `random` points to the lanes' random bits; unused, and NULL, when rounding to nearest.
INLINE halves NAME(rounded)(floats values, const uint32_t *random, enum ck_half_format format) {
    if (random == NULL) return NAME(nearest)(values, format);
    return NAME(stochastic)(values, *(const words_unaligned *)random, format);
}

// The 16 random bits of each element of a block, of which those from `start` to `end` are wanted.
//
// The chains of the block's groups do not depend on each other, so the CPU overlaps them.
INLINE void NAME(random_bits)(uint32_t bits[BLOCK], uint64_t block, size_t start, size_t end, uint64_t key) {
    const uint64_t first_counter = block * (BLOCK / GROUP * ROW);
    const struct counter_range range = counter_range_of(key, first_counter);
    for (size_t group = start / GROUP; group * GROUP < end; group++) {
        uint32_t drawn[4][ROW];
        NAME(words_of_16)(drawn, &range, first_counter + group * ROW);
        for (int word = 0; word < 4; word++) {
            words_unaligned *rows = (words_unaligned *)(bits + group * GROUP + 2 * word * ROW);
            words both = *(const words_unaligned *)drawn[word];
            rows[0] = both & 0xffffu;
            rows[1] = both >> 16;
        }
    }
}

// MARK: Widening and narrowing of runs

INLINE void NAME(widen_run)(const uint16_t *stored, float *values, size_t count, enum ck_half_format format) {
    size_t j = 0;
    for (; j + ROW <= count; j += ROW) {
        *(floats_unaligned *)(values + j) = NAME(widened)(*(const halves_unaligned *)(stored + j), format);
    }
    if (j == count) return;
    halves last = {};
    __builtin_memcpy(&last, stored + j, (count - j) * sizeof *stored);
    floats wide = NAME(widened)(last, format);
    __builtin_memcpy(values + j, &wide, (count - j) * sizeof *values);
}

TARGET static void NAME(widen)(
    const uint16_t *stored, float *values, size_t count, enum ck_half_format format
) {
    if (format == CK_BFLOAT16) {
        NAME(widen_run)(stored, values, count, CK_BFLOAT16);
    } else {
        NAME(widen_run)(stored, values, count, CK_FLOAT16);
    }
}

INLINE void NAME(narrow_run)(
    const float *values, uint16_t *stored, size_t count, const uint32_t *random, enum ck_half_format format
) {
    size_t j = 0;
    for (; j + ROW <= count; j += ROW) {
        *(halves_unaligned *)(stored + j) =
            NAME(rounded)(*(const floats_unaligned *)(values + j), random ? random + j : NULL, format);
    }
    if (j == count) return;
    floats last = {};
    words bits = {};
    __builtin_memcpy(&last, values + j, (count - j) * sizeof *values);
    if (random) __builtin_memcpy(&bits, random + j, (count - j) * sizeof *random);
    halves narrow = NAME(rounded)(last, random ? (const uint32_t *)&bits : NULL, format);
    __builtin_memcpy(stored + j, &narrow, (count - j) * sizeof *stored);
}

INLINE void NAME(narrow_all)(
    const float *values, uint16_t *stored, size_t count, uint64_t first, struct ck_half_narrowing narrowing,
    enum ck_half_format format
) {
    if (narrowing.rounding == CK_ROUND_NEAREST) {
        NAME(narrow_run)(values, stored, count, NULL, format);
        return;
    }
    while (count > 0) {
        uint32_t bits[BLOCK];
        size_t offset = first % BLOCK, done = BLOCK - offset < count ? BLOCK - offset : count;
        NAME(random_bits)(bits, first / BLOCK, offset, offset + done, narrowing.key);
        NAME(narrow_run)(values, stored, done, bits + offset, format);
        values += done;
        stored += done;
        first += done;
        count -= done;
    }
}

TARGET static void NAME(narrow)(
    const float *values, uint16_t *stored, size_t count, uint64_t first, struct ck_half_narrowing narrowing
) {
    if (narrowing.format == CK_BFLOAT16) {
        NAME(narrow_all)(values, stored, count, first, narrowing, CK_BFLOAT16);
    } else {
        NAME(narrow_all)(values, stored, count, first, narrowing, CK_FLOAT16);
    }
}

// MARK: Updates in place

// The lanes of a tally. Sums of small squares are integers in the units of their rounding, for MOST_ROWS rows at most.
struct NAME(sums) {
    masks told, lost;
    masks noise_squares, small_error_squares;
    doubles high_error_squares, low_error_squares;
};

// Adds errors whose squares are not small, which few updates have unless rounding is stochastic.
INLINE void NAME(count_large_errors)(struct NAME(sums) *sums, floats error_square, masks is_large) {
    // What is not a number counts as the largest, too.
    floats bounded = (floats)SELECT(
        error_square < LARGEST_ERROR_SQUARE, error_square, (floats){} + LARGEST_ERROR_SQUARE);
    doubles exact = __builtin_convertvector((floats)((masks)bounded & is_large), doubles);
    doubles high = exact + TO_MULTIPLE_OF_256 - TO_MULTIPLE_OF_256;
    sums->high_error_squares += high;
    sums->low_error_squares += (exact - high) + TO_MULTIPLE_OF_2_MINUS_12 - TO_MULTIPLE_OF_2_MINUS_12;
}

INLINE void NAME(count_row)(
    struct NAME(sums) *sums, floats z, floats old, halves old_bits, floats changed, halves changed_bits, float scale,
    float inverse_scale
) {
    // Comparisons give -1 in each lane where they hold.
    masks told = z != 0.0f;
    masks unchanged = __builtin_convertvector(old_bits, words) == __builtin_convertvector(changed_bits, words);
    sums->told -= told;
    sums->lost -= told & unchanged;
    sums->noise_squares += __builtin_convertvector(z * z * NOISE_SQUARE_UNITS + 0.5f, masks);
    floats error = ((changed - old) - z * scale) * inverse_scale;
    floats error_square = error * error;
    masks is_large = ~(error_square < SMALL_ERROR_SQUARE);
    floats small = (floats)((masks)error_square & ~is_large);
    sums->small_error_squares += __builtin_convertvector(small * ERROR_SQUARE_UNITS + 0.5f, masks);
    if (__builtin_reduce_or(is_large) != 0) NAME(count_large_errors)(sums, error_square, is_large);
}

INLINE void NAME(add_row)(
    uint16_t *stored, const float *z, const uint32_t *random, float scale, float inverse_scale,
    enum ck_half_format format, struct NAME(sums) *sums
) {
    halves old_bits = *(const halves_unaligned *)stored;
    floats old = NAME(widened)(old_bits, format);
    floats noise = *(const floats_unaligned *)z;
    floats sum = __builtin_elementwise_fma((floats){} + scale, noise, old);
    halves changed_bits = NAME(rounded)(sum, random, format);
    *(halves_unaligned *)stored = changed_bits;
    if (sums == NULL) return;
    floats changed = NAME(widened)(changed_bits, format);
    NAME(count_row)(sums, noise, old, old_bits, changed, changed_bits, scale, inverse_scale);
}

INLINE void NAME(add_run)(
    uint16_t *stored, const float *z, size_t count, const uint32_t *random, float scale, enum ck_half_format format,
    struct NAME(sums) *sums
) {
    // Finite even where the scale is subnormal.
    float inverse_scale = __builtin_copysignf(__builtin_fminf(1.0f / __builtin_fabsf(scale), FLT_MAX), scale);
    size_t j = 0;
    for (; j + ROW <= count; j += ROW) {
        NAME(add_row)(stored + j, z + j, random ? random + j : NULL, scale, inverse_scale, format, sums);
    }
    if (j == count) return;
    // Lanes beyond the end have z = 0: they are told nothing and change nothing.
    halves last = {};
    floats noise = {};
    words bits = {};
    __builtin_memcpy(&last, stored + j, (count - j) * sizeof *stored);
    __builtin_memcpy(&noise, z + j, (count - j) * sizeof *z);
    if (random) __builtin_memcpy(&bits, random + j, (count - j) * sizeof *random);
    NAME(add_row)(
        (uint16_t *)&last, (const float *)&noise, random ? (const uint32_t *)&bits : NULL, scale, inverse_scale, format,
        sums);
    __builtin_memcpy(stored + j, &last, (count - j) * sizeof *stored);
}

INLINE void NAME(add_all)(
    uint16_t *stored, const float *z, size_t count, uint64_t first, float scale, struct ck_half_narrowing narrowing,
    enum ck_half_format format, struct NAME(sums) *sums
) {
    if (narrowing.rounding == CK_ROUND_NEAREST) {
        NAME(add_run)(stored, z, count, NULL, scale, format, sums);
        return;
    }
    while (count > 0) {
        uint32_t bits[BLOCK];
        size_t offset = first % BLOCK, done = BLOCK - offset < count ? BLOCK - offset : count;
        NAME(random_bits)(bits, first / BLOCK, offset, offset + done, narrowing.key);
        NAME(add_run)(stored, z, done, bits + offset, scale, format, sums);
        stored += done;
        z += done;
        first += done;
        count -= done;
    }
}

TARGET static void NAME(add_counted)(
    uint16_t *stored, const float *z, size_t count, uint64_t first, float scale, struct ck_half_narrowing narrowing,
    struct ck_update_tally *tally
) {
    struct NAME(sums) sums = {};
    if (narrowing.format == CK_BFLOAT16) {
        NAME(add_all)(stored, z, count, first, scale, narrowing, CK_BFLOAT16, &sums);
    } else {
        NAME(add_all)(stored, z, count, first, scale, narrowing, CK_FLOAT16, &sums);
    }
    for (int lane = 0; lane < ROW; lane++) {
        tally->told += sums.told[lane];
        tally->lost += sums.lost[lane];
        tally->noise_squares += sums.noise_squares[lane] / (double)NOISE_SQUARE_UNITS;
        tally->high_error_squares += sums.high_error_squares[lane];
        tally->low_error_squares +=
            sums.low_error_squares[lane] + sums.small_error_squares[lane] / (double)ERROR_SQUARE_UNITS;
    }
}

TARGET static void NAME(add)(
    uint16_t *stored, const float *z, size_t count, uint64_t first, float scale, struct ck_half_narrowing narrowing,
    struct ck_update_tally *tally
) {
    if (tally != NULL && scale != 0.0f) {
        const size_t most = MOST_ROWS * ROW;
        for (; count > most; count -= most, stored += most, z += most, first += most) {
            NAME(add_counted)(stored, z, most, first, scale, narrowing, tally);
        }
        NAME(add_counted)(stored, z, count, first, scale, narrowing, tally);
    } else if (narrowing.format == CK_BFLOAT16) {
        NAME(add_all)(stored, z, count, first, scale, narrowing, CK_BFLOAT16, NULL);
    } else {
        NAME(add_all)(stored, z, count, first, scale, narrowing, CK_FLOAT16, NULL);
    }
}

#undef U32
#undef U64
#undef INLINE
#undef LANE_PAIRS
#undef LANES
#undef TARGET
#undef NAME
