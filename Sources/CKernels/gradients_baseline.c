// Gradient kernels with what every CPU of the target has: SSE2 on x86-64, NEON on 64-bit Arm.
#pragma STDC FP_CONTRACT OFF

#include "gradients_tables.h"

#define GRADIENT_TABLE ck_gradient_kernels_baseline
#include "gradients_body.h"
