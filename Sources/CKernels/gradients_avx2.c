// Gradient kernels with AVX2. FMA is left out on purpose: see the determinism class in layers.h.
#pragma STDC FP_CONTRACT OFF

#include "gradients_tables.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define GRADIENT_TABLE ck_gradient_kernels_avx2
#include "gradients_body.h"
#pragma clang attribute pop
#endif
