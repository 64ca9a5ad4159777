// The backward passes of the row-wise loops of a transformer layer, and the updates of first-order optimizers.
//
// Determinism class and conventions as in layers.h: the same bits on every instruction set and for any number of
// threads; matrices are row-major float32 with `stride` floats between rows, and do not overlap unless said.
#ifndef LEZOBENCH_GRADIENTS_H
#define LEZOBENCH_GRADIENTS_H

#include <stddef.h>
#include <stdint.h>

// The numbers of one step of Adam (Kingma and Ba 2015, algorithm 1), worked out by the caller.
typedef struct {
    float first_share;     // 1 - beta1
    float second_decay;    // beta2
    float second_share;    // 1 - beta2, rounded from the exact difference
    float epsilon;         // added to the root of the corrected second moment
    float step_size;       // learning rate / (1 - beta1^t)
    float root_correction; // sqrt(1 - beta2^t)
    float penalty;         // weight decay as a part of the gradient: gradient + penalty * parameter
    float shrinking;       // decoupled weight decay: parameter * shrinking first; 1 for none
    float gradient_scale;  // factor of the gradient before all else, from clipping; 1 for none
} ck_adam_step;

// The numbers of one step of stochastic gradient descent.
typedef struct {
    float learning_rate;
    float momentum;        // 0 for none
    float penalty;         // weight decay as a part of the gradient
    float gradient_scale;  // as above
} ck_descent_step;

typedef struct {
    // sums[c] += rows[0][c], then rows[1][c], and so on.
    void (*column_sums)(const float *rows, int64_t stride, float *sums, int64_t row_count, int64_t columns);

    // ReLU: gradient[r][c] = 0 where output[r][c], what ReLU gave, is not positive.
    void (*relu_backward)(
        float *gradient, int64_t gradient_stride, const float *output, int64_t output_stride,
        int64_t row_count, int64_t columns);

    // LayerNorm. `gradient` is dL/d output; dL/d input is added to `result`, and `gradient` becomes gradient times
    // normalized input, whose column sums are dL/d weight.
    void (*layer_norm_backward)(
        const float *input, int64_t input_stride, const float *weight, float epsilon, float *gradient,
        int64_t gradient_stride, float *result, int64_t result_stride, int64_t row_count, int64_t columns);

    // RMSNorm, with the same meanings.
    void (*rms_norm_backward)(
        const float *input, int64_t input_stride, const float *weight, float epsilon, float *gradient,
        int64_t gradient_stride, float *result, int64_t result_stride, int64_t row_count, int64_t columns);

    // SwiGLU's gate. On entry `product` is dL/d (silu(gate) * up); on return it is silu(gate) * up itself, and gate
    // and up hold dL/d gate and dL/d up.
    void (*silu_gate_backward)(
        float *gate, int64_t gate_stride, float *up, int64_t up_stride, float *product,
        int64_t product_stride, int64_t row_count, int64_t columns);

    // Softmax. `gradient` is dL/d weights; it becomes scale * weights * (gradient - sum of weights * gradient), the
    // derivative by what stood under the softmax, times `scale`.
    void (*softmax_backward)(
        const float *weights, int64_t weights_stride, float *gradient, int64_t gradient_stride, float scale,
        int64_t row_count, int64_t columns);

    // rows[r][c] = factors[r] * exp(rows[r][c] - log_sums[r]).
    void (*scaled_probabilities)(
        float *rows, int64_t stride, const float *log_sums, const float *factors, int64_t row_count,
        int64_t columns);

    // The sum of squares, in double precision and a fixed order.
    double (*square_sum)(const float *values, size_t count);

    // One step of Adam or AdamW on `count` elements.
    void (*adam)(
        float *parameters, const float *gradient, float *first_moment, float *second_moment, size_t count,
        const ck_adam_step *step);

    // One step of descent; `velocity` is the momentum's memory, NULL without momentum. With `is_first` the velocity
    // begins as the gradient itself.
    void (*descent)(
        float *parameters, const float *gradient, float *velocity, size_t count,
        const ck_descent_step *step, int is_first);
} ck_gradient_kernels;

// The kernels for the instruction set in use (dispatch.h).
const ck_gradient_kernels *ck_gradients(void);

// The kernels for one instruction set, NULL when this machine does not support it; for tests.
const ck_gradient_kernels *ck_gradients_for(int isa);

#endif
