// The body of every variant of the gradient kernels; a file that includes it defines GRADIENT_TABLE, the name of
// the table to fill, and sets the instruction set for the functions between the two pragmas around the
// inclusion.
//
// No include guard: each variant's file includes it once.
#include "lanes_body.h"

static void column_sums(
    const float *rows, int64_t stride, float *sums, int64_t row_count, int64_t columns) {
    for (int64_t r = 0; r < row_count; r++) {
        const float *row = rows + r * stride;
        for (int64_t c = 0; c < columns; c++) sums[c] += row[c];
    }
}

static void relu_backward(
    float *gradient, int64_t gradient_stride, const float *output, int64_t output_stride,
    int64_t row_count, int64_t columns) {
    for (int64_t r = 0; r < row_count; r++) {
        float *g = gradient + r * gradient_stride;
        const float *o = output + r * output_stride;
        for (int64_t c = 0; c < columns; c++) g[c] = o[c] > 0.0f ? g[c] : 0.0f;
    }
}

// With x the normalized input, d = gradient * weight and s the reciprocal deviation:
// dL/d input = s * (d - mean(d) - x * mean(d * x)).
static void layer_norm_backward(
    const float *input, int64_t input_stride, const float *weight, float epsilon, float *gradient,
    int64_t gradient_stride, float *result, int64_t result_stride, int64_t row_count, int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    lane_bits kept = lane_numbers < (int32_t)rest;
    for (int64_t r = 0; r < row_count; r++) {
        const float *in = input + r * input_stride;
        float *g = gradient + r * gradient_stride, *out = result + r * result_stride;
        lanes sum = SPLAT(0.0f);
        for (int64_t c = 0; c < whole; c += LANES) sum += LOAD(in + c);
        if (rest) sum += load_some(in + whole, rest, 0.0f);
        float mean = sum_of(sum) / (float)columns;
        lanes squares = SPLAT(0.0f), slopes = SPLAT(0.0f), products = SPLAT(0.0f);
        for (int64_t c = 0; c < whole; c += LANES) {
            lanes distance = LOAD(in + c) - mean, d = LOAD(g + c) * LOAD(weight + c);
            squares += distance * distance;
            slopes += d;
            products += d * distance;
        }
        if (rest) {
            lanes distance = SELECT(kept, load_some(in + whole, rest, 0.0f) - mean, SPLAT(0.0f));
            lanes d = load_some(g + whole, rest, 0.0f) * load_some(weight + whole, rest, 0.0f);
            squares += distance * distance;
            slopes += d;
            products += d * distance;
        }
        float scale = 1.0f / __builtin_sqrtf(sum_of(squares) / (float)columns + epsilon);
        float slope = sum_of(slopes) / (float)columns;
        float product = sum_of(products) * scale / (float)columns;
        for (int64_t c = 0; c < whole; c += LANES) {
            lanes x = (LOAD(in + c) - mean) * scale, old = LOAD(g + c);
            STORE(out + c, LOAD(out + c) + scale * (old * LOAD(weight + c) - slope - x * product));
            STORE(g + c, old * x);
        }
        for (int64_t c = whole; c < columns; c++) {
            float x = (in[c] - mean) * scale, old = g[c];
            out[c] = out[c] + scale * (old * weight[c] - slope - x * product);
            g[c] = old * x;
        }
    }
}

// With x the normalized input, d = gradient * weight and s the reciprocal root mean square:
// dL/d input = s * (d - x * mean(d * x)).
static void rms_norm_backward(
    const float *input, int64_t input_stride, const float *weight, float epsilon, float *gradient,
    int64_t gradient_stride, float *result, int64_t result_stride, int64_t row_count, int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    for (int64_t r = 0; r < row_count; r++) {
        const float *in = input + r * input_stride;
        float *g = gradient + r * gradient_stride, *out = result + r * result_stride;
        lanes squares = SPLAT(0.0f), products = SPLAT(0.0f);
        for (int64_t c = 0; c < whole; c += LANES) {
            lanes v = LOAD(in + c);
            squares += v * v;
            products += LOAD(g + c) * LOAD(weight + c) * v;
        }
        if (rest) {
            lanes v = load_some(in + whole, rest, 0.0f);
            squares += v * v;
            products += load_some(g + whole, rest, 0.0f) * load_some(weight + whole, rest, 0.0f) * v;
        }
        float scale = 1.0f / __builtin_sqrtf(sum_of(squares) / (float)columns + epsilon);
        float product = sum_of(products) * scale / (float)columns;
        for (int64_t c = 0; c < whole; c += LANES) {
            lanes x = LOAD(in + c) * scale, old = LOAD(g + c);
            STORE(out + c, LOAD(out + c) + scale * (old * LOAD(weight + c) - x * product));
            STORE(g + c, old * x);
        }
        for (int64_t c = whole; c < columns; c++) {
            float x = in[c] * scale, old = g[c];
            out[c] = out[c] + scale * (old * weight[c] - x * product);
            g[c] = old * x;
        }
    }
}

// silu(x) = x s with s = 1 / (1 + exp(-x)), and its derivative is s (1 + x (1 - s)).
INLINE void gate_backward(lanes *gate, lanes *up, lanes *product) {
    lanes share = 1.0f / (1.0f + exponential(-*gate)), value = *gate * share, outer = *product;
    *product = value * *up;
    *gate = outer * *up * (share * (1.0f + *gate * (1.0f - share)));
    *up = outer * value;
}

static void silu_gate_backward(
    float *gate, int64_t gate_stride, float *up, int64_t up_stride, float *product,
    int64_t product_stride, int64_t row_count, int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    for (int64_t r = 0; r < row_count; r++) {
        float *g = gate + r * gate_stride, *u = up + r * up_stride, *p = product + r * product_stride;
        for (int64_t c = 0; c < whole; c += LANES) {
            lanes gates = LOAD(g + c), ups = LOAD(u + c), products = LOAD(p + c);
            gate_backward(&gates, &ups, &products);
            STORE(g + c, gates);
            STORE(u + c, ups);
            STORE(p + c, products);
        }
        if (rest) {
            lanes gates = load_some(g + whole, rest, 0.0f), ups = load_some(u + whole, rest, 0.0f);
            lanes products = load_some(p + whole, rest, 0.0f);
            gate_backward(&gates, &ups, &products);
            store_some(g + whole, gates, rest);
            store_some(u + whole, ups, rest);
            store_some(p + whole, products, rest);
        }
    }
}

static void softmax_backward(
    const float *weights, int64_t weights_stride, float *gradient, int64_t gradient_stride, float scale,
    int64_t row_count, int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    for (int64_t r = 0; r < row_count; r++) {
        const float *w = weights + r * weights_stride;
        float *g = gradient + r * gradient_stride;
        lanes sums = SPLAT(0.0f);
        for (int64_t c = 0; c < whole; c += LANES) sums += LOAD(w + c) * LOAD(g + c);
        if (rest) sums += load_some(w + whole, rest, 0.0f) * load_some(g + whole, rest, 0.0f);
        float sum = sum_of(sums);
        for (int64_t c = 0; c < whole; c += LANES) STORE(g + c, scale * (LOAD(w + c) * (LOAD(g + c) - sum)));
        for (int64_t c = whole; c < columns; c++) g[c] = scale * (w[c] * (g[c] - sum));
    }
}

static void scaled_probabilities(
    float *rows, int64_t stride, const float *log_sums, const float *factors, int64_t row_count,
    int64_t columns) {
    int64_t whole = columns / LANES * LANES, rest = columns - whole;
    for (int64_t r = 0; r < row_count; r++) {
        float *row = rows + r * stride;
        for (int64_t c = 0; c < whole; c += LANES) {
            STORE(row + c, factors[r] * exponential(LOAD(row + c) - log_sums[r]));
        }
        if (rest) {
            lanes value = factors[r] * exponential(load_some(row + whole, rest, 0.0f) - log_sums[r]);
            store_some(row + whole, value, rest);
        }
    }
}

static double square_sum(const float *values, size_t count) {
    double sums[LANES] = {0};
    size_t whole = count / LANES * LANES;
    for (size_t i = 0; i < whole; i += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += (double)values[i + lane] * (double)values[i + lane];
        }
    }
    for (size_t i = whole; i < count; i++) sums[i - whole] += (double)values[i] * (double)values[i];
    for (int half = LANES / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) sums[i] += sums[i + half];
    }
    return sums[0];
}

INLINE lanes root(lanes x) { return __builtin_elementwise_sqrt(x); }

INLINE void adam_lanes(
    lanes *parameter, lanes gradient, lanes *first, lanes *second, const ck_adam_step *step) {
    lanes decayed = *parameter * step->shrinking;
    lanes slope = gradient * step->gradient_scale + step->penalty * decayed;
    *first = *first + (slope - *first) * step->first_share;
    *second = *second * step->second_decay + slope * slope * step->second_share;
    *parameter = decayed - step->step_size * *first / (root(*second) / step->root_correction + step->epsilon);
}

static void adam(
    float *parameters, const float *gradient, float *first_moment, float *second_moment, size_t count,
    const ck_adam_step *step) {
    size_t whole = count / LANES * LANES;
    for (size_t i = 0; i < whole; i += LANES) {
        lanes p = LOAD(parameters + i), m = LOAD(first_moment + i), v = LOAD(second_moment + i);
        adam_lanes(&p, LOAD(gradient + i), &m, &v, step);
        STORE(parameters + i, p);
        STORE(first_moment + i, m);
        STORE(second_moment + i, v);
    }
    int64_t rest = (int64_t)(count - whole);
    if (rest) {
        lanes p = load_some(parameters + whole, rest, 0.0f), m = load_some(first_moment + whole, rest, 0.0f);
        lanes v = load_some(second_moment + whole, rest, 0.0f);
        adam_lanes(&p, load_some(gradient + whole, rest, 0.0f), &m, &v, step);
        store_some(parameters + whole, p, rest);
        store_some(first_moment + whole, m, rest);
        store_some(second_moment + whole, v, rest);
    }
}

static void descent(
    float *parameters, const float *gradient, float *velocity, size_t count, const ck_descent_step *step,
    int is_first) {
    if (velocity == NULL) {
        for (size_t i = 0; i < count; i++) {
            float slope = gradient[i] * step->gradient_scale + step->penalty * parameters[i];
            parameters[i] -= step->learning_rate * slope;
        }
        return;
    }
    // The first velocity is the gradient: the one kept has no share in it.
    float kept = is_first ? 0.0f : step->momentum;
    for (size_t i = 0; i < count; i++) {
        float slope = gradient[i] * step->gradient_scale + step->penalty * parameters[i];
        velocity[i] = kept * velocity[i] + slope;
        parameters[i] -= step->learning_rate * velocity[i];
    }
}

const ck_gradient_kernels GRADIENT_TABLE = {
    .column_sums = column_sums,
    .relu_backward = relu_backward,
    .layer_norm_backward = layer_norm_backward,
    .rms_norm_backward = rms_norm_backward,
    .silu_gate_backward = silu_gate_backward,
    .softmax_backward = softmax_backward,
    .scaled_probabilities = scaled_probabilities,
    .square_sum = square_sum,
    .adam = adam,
    .descent = descent,
};

#pragma clang diagnostic pop
