// The body of every variant of the layer kernels; a file that includes it defines LAYER_TABLE, the name of the
// table to fill, and sets the instruction set for the functions between the two pragmas around the inclusion.
//
// No include guard: each variant's file includes it once.
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

INLINE lanes larger(lanes a, lanes b) { return SELECT(a > b, a, b); }
INLINE lanes smaller(lanes a, lanes b) { return SELECT(a < b, a, b); }

// exp, within 2 units in the last place on [-87.3, 88.3]; arguments outside are moved to the border.
// Cody and Waite's reduction and the minimax polynomial of Cephes' expf.
INLINE lanes exponential(lanes x) {
    x = smaller(larger(x, SPLAT(-87.3f)), SPLAT(88.3f));
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

static void add_bias(float *rows, int64_t stride, const float *bias, int64_t row_count, int64_t columns) {
    for (int64_t r = 0; r < row_count; r++) {
        float *row = rows + r * stride;
        for (int64_t c = 0; c < columns; c++) row[c] += bias[c];
    }
}

static void add_bias_relu(
    float *rows, int64_t stride, const float *bias, int64_t row_count, int64_t columns) {
    for (int64_t r = 0; r < row_count; r++) {
        float *row = rows + r * stride;
        for (int64_t c = 0; c < columns; c++) {
            float value = row[c] + bias[c];
            row[c] = value < 0.0f ? 0.0f : value;
        }
    }
}

static void add_rows(
    float *rows, int64_t stride, const float *other, int64_t other_stride, int64_t row_count,
    int64_t columns) {
    for (int64_t r = 0; r < row_count; r++) {
        float *row = rows + r * stride;
        const float *addend = other + r * other_stride;
        for (int64_t c = 0; c < columns; c++) row[c] += addend[c];
    }
}

static void layer_norm(
    const float *input, int64_t input_stride, const float *weight, const float *bias, float epsilon,
    float *output, int64_t output_stride, int64_t row_count, int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    lane_bits kept = lane_numbers < (int32_t)rest;
    for (int64_t r = 0; r < row_count; r++) {
        const float *in = input + r * input_stride;
        float *out = output + r * output_stride;
        lanes sum = SPLAT(0.0f);
        for (int64_t c = 0; c < whole; c += LANES) sum += LOAD(in + c);
        if (rest) sum += load_some(in + whole, rest, 0.0f);
        float mean = sum_of(sum) / (float)columns;
        lanes squares = SPLAT(0.0f);
        for (int64_t c = 0; c < whole; c += LANES) {
            lanes d = LOAD(in + c) - mean;
            squares += d * d;
        }
        if (rest) {
            lanes d = SELECT(kept, load_some(in + whole, rest, 0.0f) - mean, SPLAT(0.0f));
            squares += d * d;
        }
        float scale = 1.0f / __builtin_sqrtf(sum_of(squares) / (float)columns + epsilon);
        for (int64_t c = 0; c < whole; c += LANES) {
            STORE(out + c, (LOAD(in + c) - mean) * scale * LOAD(weight + c) + LOAD(bias + c));
        }
        for (int64_t c = whole; c < columns; c++) out[c] = (in[c] - mean) * scale * weight[c] + bias[c];
    }
}

static void rms_norm(
    const float *input, int64_t input_stride, const float *weight, float epsilon, float *output,
    int64_t output_stride, int64_t row_count, int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    for (int64_t r = 0; r < row_count; r++) {
        const float *in = input + r * input_stride;
        float *out = output + r * output_stride;
        lanes squares = SPLAT(0.0f);
        for (int64_t c = 0; c < whole; c += LANES) squares += LOAD(in + c) * LOAD(in + c);
        if (rest) {
            lanes v = load_some(in + whole, rest, 0.0f);
            squares += v * v;
        }
        float scale = 1.0f / __builtin_sqrtf(sum_of(squares) / (float)columns + epsilon);
        for (int64_t c = 0; c < whole; c += LANES) {
            STORE(out + c, LOAD(in + c) * scale * LOAD(weight + c));
        }
        for (int64_t c = whole; c < columns; c++) out[c] = in[c] * scale * weight[c];
    }
}

INLINE lanes silu(lanes x) { return x / (1.0f + exponential(-x)); }

static void silu_gate(
    float *gate, int64_t gate_stride, const float *up, int64_t up_stride, int64_t row_count,
    int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    for (int64_t r = 0; r < row_count; r++) {
        float *g = gate + r * gate_stride;
        const float *u = up + r * up_stride;
        for (int64_t c = 0; c < whole; c += LANES) STORE(g + c, silu(LOAD(g + c)) * LOAD(u + c));
        if (rest) {
            lanes product = silu(load_some(g + whole, rest, 0.0f)) * load_some(u + whole, rest, 0.0f);
            store_some(g + whole, product, rest);
        }
    }
}

static void rotate(
    float *rows, int64_t stride, const int32_t *positions, const float *cosines, const float *sines,
    int64_t row_count, int64_t head_count, int64_t head_size) {
    int64_t half = head_size / 2, whole = half / LANES * LANES;
    for (int64_t r = 0; r < row_count; r++) {
        const float *cosine = cosines + positions[r] * half;
        const float *sine = sines + positions[r] * half;
        for (int64_t h = 0; h < head_count; h++) {
            float *lower = rows + r * stride + h * head_size;
            float *upper = lower + half;
            for (int64_t i = 0; i < whole; i += LANES) {
                lanes a = LOAD(lower + i), b = LOAD(upper + i), c = LOAD(cosine + i), s = LOAD(sine + i);
                STORE(lower + i, a * c - b * s);
                STORE(upper + i, b * c + a * s);
            }
            for (int64_t i = whole; i < half; i++) {
                float a = lower[i], b = upper[i];
                lower[i] = a * cosine[i] - b * sine[i];
                upper[i] = b * cosine[i] + a * sine[i];
            }
        }
    }
}

static void softmax(
    float *rows, int64_t stride, const int32_t *ends, int64_t first, int64_t row_count, int64_t columns) {
    int64_t width = (columns + LANES - 1) / LANES * LANES, start = first / LANES * LANES;
    for (int64_t r = 0; r < row_count; r++) {
        float *row = rows + r * stride;
        int64_t end = ends[r] < columns ? ends[r] : columns;
        int64_t stop = end > first ? (end + LANES - 1) / LANES * LANES : start;
        for (int64_t c = 0; c < start; c += LANES) STORE(row + c, SPLAT(0.0f));
        for (int64_t c = stop; c < width; c += LANES) STORE(row + c, SPLAT(0.0f));
        lanes largest = SPLAT(-3.0e38f);
        for (int64_t c = start; c < stop; c += LANES) {
            lane_bits column = lane_numbers + (int32_t)c;
            lane_bits seen = (column >= (int32_t)first) & (column < (int32_t)end);
            largest = larger(SELECT(seen, LOAD(row + c), SPLAT(-3.0e38f)), largest);
        }
        float maximum = maximum_of(largest);
        lanes sum = SPLAT(0.0f);
        for (int64_t c = start; c < stop; c += LANES) {
            lane_bits column = lane_numbers + (int32_t)c;
            lane_bits seen = (column >= (int32_t)first) & (column < (int32_t)end);
            lanes e = SELECT(seen, exponential(LOAD(row + c) - maximum), SPLAT(0.0f));
            sum += e;
            STORE(row + c, e);
        }
        float scale = stop > start ? 1.0f / sum_of(sum) : 0.0f;
        for (int64_t c = start; c < stop; c += LANES) STORE(row + c, LOAD(row + c) * scale);
    }
}

static void exponential_sum(
    const float *rows, int64_t stride, float *maximum, float *sums, int64_t row_count, int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    lane_bits kept = lane_numbers < (int32_t)rest;
    for (int64_t r = 0; r < row_count; r++) {
        const float *row = rows + r * stride;
        lanes largest = SPLAT(-__builtin_inff());
        for (int64_t c = 0; c < whole; c += LANES) largest = larger(LOAD(row + c), largest);
        if (rest) largest = larger(load_some(row + whole, rest, -__builtin_inff()), largest);
        float peak = maximum_of(largest);
        lanes sum = SPLAT(0.0f);
        for (int64_t c = 0; c < whole; c += LANES) sum += exponential(LOAD(row + c) - peak);
        if (rest) {
            lanes e = exponential(load_some(row + whole, rest, peak) - peak);
            sum += SELECT(kept, e, SPLAT(0.0f));
        }
        maximum[r] = peak;
        sums[r] = sum_of(sum);
    }
}

static void row_maximum(
    const float *rows, int64_t stride, ck_row_maximum *results, int64_t row_count, int64_t columns) {
    for (int64_t r = 0; r < row_count; r++) {
        const float *row = rows + r * stride;
        float peak = row[0];
        for (int64_t c = 1; c < columns; c++) peak = row[c] > peak ? row[c] : peak;
        int64_t index = 0;
        while (index < columns - 1 && row[index] != peak) index++;
        results[r] = (ck_row_maximum){peak, (int32_t)index};
    }
}

const ck_layer_kernels LAYER_TABLE = {
    .add_bias = add_bias,
    .add_bias_relu = add_bias_relu,
    .add_rows = add_rows,
    .layer_norm = layer_norm,
    .rms_norm = rms_norm,
    .silu_gate = silu_gate,
    .rotate = rotate,
    .softmax = softmax,
    .exponential_sum = exponential_sum,
    .row_maximum = row_maximum,
};

#pragma clang diagnostic pop
