// The body of every variant of the layer kernels; a file that includes it defines LAYER_TABLE, the name of
// the table to fill, and sets the instruction set for the functions between the two pragmas around the
// inclusion.
//
// No include guard: each variant's file includes it once.
#include "lanes_body.h"

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
    float direction, int64_t row_count, int64_t head_count, int64_t head_size) {
    int64_t half = head_size / 2, whole = half / LANES * LANES;
    for (int64_t r = 0; r < row_count; r++) {
        const float *cosine = cosines + positions[r] * half;
        const float *sine = sines + positions[r] * half;
        for (int64_t h = 0; h < head_count; h++) {
            float *lower = rows + r * stride + h * head_size;
            float *upper = lower + half;
            for (int64_t i = 0; i < whole; i += LANES) {
                lanes a = LOAD(lower + i), b = LOAD(upper + i), c = LOAD(cosine + i);
                lanes s = direction * LOAD(sine + i);
                STORE(lower + i, a * c - b * s);
                STORE(upper + i, b * c + a * s);
            }
            for (int64_t i = whole; i < half; i++) {
                float a = lower[i], b = upper[i], s = direction * sine[i];
                lower[i] = a * cosine[i] - b * s;
                upper[i] = b * cosine[i] + a * s;
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
