// The table of each variant of the gradient kernels; gradients.c chooses among them.
#ifndef LEZOBENCH_GRADIENTS_TABLES_H
#define LEZOBENCH_GRADIENTS_TABLES_H

#include "gradients.h"

extern const ck_gradient_kernels ck_gradient_kernels_baseline;
#if defined(__x86_64__)
extern const ck_gradient_kernels ck_gradient_kernels_avx2;
extern const ck_gradient_kernels ck_gradient_kernels_avx512;
#endif

#endif
