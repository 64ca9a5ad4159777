// Layer kernels with what every CPU of the target has: SSE2 on x86-64, NEON on 64-bit Arm.
#pragma STDC FP_CONTRACT OFF

#include "layers_tables.h"

#define LAYER_TABLE ck_layer_kernels_baseline
#include "layers_body.h"
