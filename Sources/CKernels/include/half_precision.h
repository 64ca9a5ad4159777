#ifndef LEZOBENCH_HALF_PRECISION_H
#define LEZOBENCH_HALF_PRECISION_H

#include <stddef.h>
#include <stdint.h>

// Numbers stored in 16 bits and computed with in float32. Every function gives the same bits on every instruction
// set, however a run of elements is cut into calls.
enum ck_half_format {
    CK_BFLOAT16 = 0,  // the upper half of binary32
    CK_FLOAT16 = 1,   // IEEE 754 binary16
};

// How a float32 that the format cannot hold becomes one of its two neighbours.
enum ck_half_rounding {
    // To the nearer one, on a tie to the even one (IEEE 754, roundTiesToEven).
    CK_ROUND_NEAREST = 0,
    // Away from zero with the probability that is the distance from the neighbour nearer to zero, in units of the
    // distance between the two (Gupta et al. 2015, section 3). The probability has 16 bits: exact for bfloat16 and for
    // float16 from 2^-17 on; below that it is cut to a multiple of 2^-16.
    CK_ROUND_STOCHASTIC = 1,
};

// Rounding of a run of elements. Under stochastic rounding element i, by global index, uses 16 bits that are a pure
// function of key and i; their definition in readable form is RoundingStream in the module RandomStreams.
struct ck_half_narrowing {
    enum ck_half_format format;
    enum ck_half_rounding rounding;
    uint64_t key;
};

// What storage kept of updates. All sums are exact, so the order of adding does not matter: see ck_half_add.
struct ck_update_tally {
    // Updates other than 0, and those of them that left the stored bits as they were.
    int64_t told, lost;
    // Sum of the squares of z.
    double noise_squares;
    // Sum of the squares of (change stored - change told) / scale, in two parts.
    double high_error_squares, low_error_squares;
};

// values[j] = stored[j], exactly. A signalling NaN of float16 becomes quiet.
void ck_half_widen(const uint16_t *stored, float *values, size_t count, enum ck_half_format format);

// stored[j] = values[j] rounded, values[0] being element `first`. NaN stays NaN, with its sign and its upper bits; what
// is too large becomes infinity, as does what rounds up from the largest number.
void ck_half_narrow(
    const float *values, uint16_t *stored, size_t count, uint64_t first, struct ck_half_narrowing narrowing);

// stored[j] = stored[j] + scale * z[j], fused in float32 and then rounded, stored[0] being element `first`.
//
// Adds to the tally unless it is NULL. Squares are rounded to multiples of fixed units, 2^-14 for z and 2^-12 for
// errors, and those of errors end at 2^59, so that sums are exact up to 2^33 elements; z is below 6.67 in magnitude,
// and one call takes fewer than 2^35 elements.
void ck_half_add(
    uint16_t *stored, const float *z, size_t count, uint64_t first, float scale, struct ck_half_narrowing narrowing,
    struct ck_update_tally *tally);

#endif
