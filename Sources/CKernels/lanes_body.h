// Vectors of 16 floats and what the row-wise kernels share; layers_body.h and gradients_body.h begin with it.
//
// No include guard: each variant's file includes it once, inside the pragmas that set its instruction set.
#pragma STDC FP_CONTRACT OFF

// Every function that takes or returns vectors is inlined, so no calling convention is at stake.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES 16
#define INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((vector_size(64)));
typedef int32_t lane_bits __attribute__((vector_size(64)));
typedef float loose_lanes __attribute__((vector_size(64), aligned(4)));

// Where a mask's lanes are all ones take `yes`, where they are zero take `no`.
#define SELECT(mask, yes, no) ((lanes)(((mask) & (lane_bits)(yes)) | (~(mask) & (lane_bits)(no))))
#define LOAD(p) ((lanes)(*(const loose_lanes *)(p)))
#define STORE(p, value) (*(loose_lanes *)(p) = (loose_lanes)(value))
#define SPLAT(x) ((lanes){} + (x))

static const lane_bits lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

INLINE lanes load_some(const float *p, int64_t count, float filler) {
    float held[LANES];
    for (int i = 0; i < LANES; i++) held[i] = filler;
    for (int64_t i = 0; i < count; i++) held[i] = p[i];
    return LOAD(held);
}

INLINE void store_some(float *p, lanes value, int64_t count) {
    float held[LANES];
    STORE(held, value);
    for (int64_t i = 0; i < count; i++) p[i] = held[i];
}

// The fixed tree: 16 -> 8 -> 4 -> 2 -> 1 by folding the upper half onto the lower.
INLINE float sum_of(lanes v) {
    float held[LANES];
    STORE(held, v);
    for (int half = LANES / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) held[i] += held[i + half];
    }
    return held[0];
}

INLINE float maximum_of(lanes v) {
    float held[LANES];
    STORE(held, v);
    for (int half = LANES / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) held[i] = held[i] > held[i + half] ? held[i] : held[i + half];
    }
    return held[0];
}

// The larger of each pair, `b` where `a` is not a number.
INLINE lanes larger(lanes a, lanes b) { return SELECT(a > b, a, b); }

// exp, within 2 units in the last place on [-87.3, 88.3]; arguments outside are moved to the border, and what
// is not a number stays so, for a diverged model must show in its loss. Cody and Waite's reduction and the
// minimax polynomial of Cephes' expf.
INLINE lanes exponential(lanes x) {
    x = SELECT(x < -87.3f, SPLAT(-87.3f), x);
    x = SELECT(x > 88.3f, SPLAT(88.3f), x);
    const float rounding = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits.
    lanes shifted = x * 1.44269504088896341f + rounding;
    lanes power = shifted - rounding;
    lanes r = x - power * 0.693359375f;
    r = r - power * -2.12194440e-4f;
    lanes p = SPLAT(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    lane_bits exponent = ((lane_bits)shifted - 0x4B400000 + 127) << 23;
    return p * (lanes)exponent;
}
