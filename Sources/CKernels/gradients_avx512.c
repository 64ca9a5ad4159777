// Gradient kernels with AVX-512, in 512-bit registers.
#pragma STDC FP_CONTRACT OFF

#include "gradients_tables.h"

#if defined(__x86_64__)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#pragma clang attribute push(__attribute__((min_vector_width(512))), apply_to = function)
#define GRADIENT_TABLE ck_gradient_kernels_avx512
#include "gradients_body.h"
#pragma clang attribute pop
#pragma clang attribute pop
#endif
