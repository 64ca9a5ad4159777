// The element-wise and row-wise loops of a transformer layer.
//
// Determinism class of everything here: the same bits on every instruction set and for any number of threads.
// All variants are one body (layers_body.h) on 16-lane vectors, without fused multiply-add, with sums in a
// fixed tree of 16 lanes, so a wider instruction set only needs fewer instructions for the same arithmetic.
//
// Matrices are row-major float32; `stride` is the distance between rows in floats. Pointers to different
// matrices must not overlap unless the comment says that a function works in place.
#ifndef LEZOBENCH_LAYERS_H
#define LEZOBENCH_LAYERS_H

#include <stdint.h>

// The largest value and its first index in a row.
typedef struct {
    float value;
    int32_t index;
} ck_row_maximum;

typedef struct {
    // rows[r][c] += bias[c]
    void (*add_bias)(float *rows, int64_t stride, const float *bias, int64_t row_count, int64_t columns);

    // rows[r][c] = max(rows[r][c] + bias[c], 0), ReLU after the bias.
    void (*add_bias_relu)(
        float *rows, int64_t stride, const float *bias, int64_t row_count, int64_t columns);

    // rows[r][c] += other[r][c]
    void (*add_rows)(
        float *rows, int64_t stride, const float *other, int64_t other_stride, int64_t row_count,
        int64_t columns);

    // LayerNorm: output = (input - mean) / sqrt(variance + epsilon) * weight + bias, with the biased variance
    // of each row (Ba et al. 2016, eq. 3). Input and output may be the same rows.
    void (*layer_norm)(
        const float *input, int64_t input_stride, const float *weight, const float *bias, float epsilon,
        float *output, int64_t output_stride, int64_t row_count, int64_t columns);

    // RMSNorm: output = input / sqrt(mean of squares + epsilon) * weight (Zhang and Sennrich 2019, eq. 4).
    // Input and output may be the same rows.
    void (*rms_norm)(
        const float *input, int64_t input_stride, const float *weight, float epsilon, float *output,
        int64_t output_stride, int64_t row_count, int64_t columns);

    // SwiGLU's gate: gate[r][c] = silu(gate[r][c]) * up[r][c], silu(x) = x / (1 + exp(-x))
    // (Shazeer 2020, eq. 6).
    void (*silu_gate)(
        float *gate, int64_t gate_stride, const float *up, int64_t up_stride, int64_t row_count,
        int64_t columns);

    // Rotary embedding in place, in the half-split order of Hugging Face: with h = head_size / 2, elements i
    // and i + h of each head are rotated by the angle whose cosine and sine stand at row positions[r], column
    // i of the tables, each [positions, h]. `direction` is 1, or -1 to turn the other way.
    void (*rotate)(
        float *rows, int64_t stride, const int32_t *positions, const float *cosines, const float *sines,
        float direction, int64_t row_count, int64_t head_count, int64_t head_size);

    // Softmax in place over columns first ..< ends[r] of each row; every other column below `columns` becomes
    // 0, so a row that sees nothing is all zero and never NaN. `stride` and the allocation behind each row
    // are multiples of 16 floats; what stands in columns outside the range is never used.
    void (*softmax)(
        float *rows, int64_t stride, const int32_t *ends, int64_t first, int64_t row_count, int64_t columns);

    // maximum[r] and sums[r] = sum over columns of exp(row - maximum), for the log of a sum of exponentials.
    void (*exponential_sum)(
        const float *rows, int64_t stride, float *maximum, float *sums, int64_t row_count, int64_t columns);

    // The largest value of each row and the lowest column that holds it.
    void (*row_maximum)(
        const float *rows, int64_t stride, ck_row_maximum *results, int64_t row_count, int64_t columns);
} ck_layer_kernels;

// The kernels for the instruction set in use (dispatch.h).
const ck_layer_kernels *ck_layers(void);

// The kernels for one instruction set, NULL when this machine does not support it; for tests.
const ck_layer_kernels *ck_layers_for(int isa);

#endif
