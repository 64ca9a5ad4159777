// Storage in 16 bits: widening, rounding, and updates in place.
//
// Random bits of stochastic rounding: 16 Philox counters in a row give 128 elements in a row. Element i is in group
// i / 128; its lane i % 16 picks counter (i / 128) * 16 + lane, and its row (i % 128) / 16 picks word row / 2 of the
// counter, of that the low half where row is even and the high half where it is odd.
#pragma STDC FP_CONTRACT OFF

#include "half_precision.h"

#include <float.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "dispatch.h"

// Functions that take or return vectors are inlined, so no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

// Elements of a vector; of 16 counters; whose random bits are drawn at a time.
#define ROW 16
#define GROUP 128
#define BLOCK 1024

typedef float floats __attribute__((vector_size(ROW * 4)));
typedef uint32_t words __attribute__((vector_size(ROW * 4)));
typedef int32_t masks __attribute__((vector_size(ROW * 4)));
typedef uint16_t halves __attribute__((vector_size(ROW * 2)));
typedef double doubles __attribute__((vector_size(ROW * 8)));
typedef float floats_unaligned __attribute__((vector_size(ROW * 4), aligned(4)));
typedef uint32_t words_unaligned __attribute__((vector_size(ROW * 4), aligned(4)));
typedef uint16_t halves_unaligned __attribute__((vector_size(ROW * 2), aligned(2)));

// Where a mask's lanes are all ones take `yes`, where they are zero take `no`.
#define SELECT(mask, yes, no) (((words)(mask) & (words)(yes)) | (~(words)(mask) & (words)(no)))

#define INFINITY_BITS 0x7f800000u
#define QUIET_BIT 0x00400000u
// 2^-14, the least normal number of float16, and 2^16, beyond its largest.
#define LEAST_NORMAL_BITS 0x38800000u
#define BEYOND_LARGEST_BITS 0x47800000u

// Squares of z, below 45, are counted in units of 2^-14, squares of errors in units of 2^-12: those below 2^8 as
// integers, which are then below 2^20, so that 2^10 rows of them fit in 31 bits.
#define NOISE_SQUARE_UNITS 0x1p+14f
#define ERROR_SQUARE_UNITS 0x1p+12f
#define SMALL_ERROR_SQUARE 0x1p+8f
#define MOST_ROWS 1024
// Adding and subtracting these rounds to a multiple of a power of two: the spacing of numbers beside them.
#define TO_MULTIPLE_OF_2_MINUS_12 0x1.8p+40
#define TO_MULTIPLE_OF_256 0x1.8p+60
#define LARGEST_ERROR_SQUARE 0x1p+59f

#define LANES 4
#define TARGET
#define NAME(f) f##_scalar
#include "half_precision_body.h"

#if defined(__x86_64__)
#define LANES 8
#define TARGET __attribute__((target("avx2,fma,f16c")))
#define NAME(f) f##_avx2
#define CONVERT_HALVES_IN_8
#include "half_precision_body.h"
#undef CONVERT_HALVES_IN_8

#define LANES 16
#define TARGET \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c"), min_vector_width(512)))
#define NAME(f) f##_avx512
#define CONVERT_HALVES_IN_16
#include "half_precision_body.h"
#undef CONVERT_HALVES_IN_16
#endif

void ck_half_widen(const uint16_t *stored, float *values, size_t count, enum ck_half_format format) {
    switch (ck_isa_current()) {
#if defined(__x86_64__)
    case CK_ISA_AVX512:
        widen_avx512(stored, values, count, format);
        break;
    case CK_ISA_AVX2:
        widen_avx2(stored, values, count, format);
        break;
#endif
    default:
        // On AArch64 the baseline has Advanced SIMD, so this is the NEON path there.
        widen_scalar(stored, values, count, format);
    }
}

void ck_half_narrow(
    const float *values, uint16_t *stored, size_t count, uint64_t first, struct ck_half_narrowing narrowing
) {
    switch (ck_isa_current()) {
#if defined(__x86_64__)
    case CK_ISA_AVX512:
        narrow_avx512(values, stored, count, first, narrowing);
        break;
    case CK_ISA_AVX2:
        narrow_avx2(values, stored, count, first, narrowing);
        break;
#endif
    default:
        narrow_scalar(values, stored, count, first, narrowing);
    }
}

void ck_half_add(
    uint16_t *stored, const float *z, size_t count, uint64_t first, float scale, struct ck_half_narrowing narrowing,
    struct ck_update_tally *tally
) {
    switch (ck_isa_current()) {
#if defined(__x86_64__)
    case CK_ISA_AVX512:
        add_avx512(stored, z, count, first, scale, narrowing, tally);
        break;
    case CK_ISA_AVX2:
        add_avx2(stored, z, count, first, scale, narrowing, tally);
        break;
#endif
    default:
        add_scalar(stored, z, count, first, scale, narrowing, tally);
    }
}
