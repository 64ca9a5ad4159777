// The table of each variant of the layer kernels; layers.c chooses among them.
#ifndef LEZOBENCH_LAYERS_TABLES_H
#define LEZOBENCH_LAYERS_TABLES_H

#include "layers.h"

extern const ck_layer_kernels ck_layer_kernels_baseline;
#if defined(__x86_64__)
extern const ck_layer_kernels ck_layer_kernels_avx2;
extern const ck_layer_kernels ck_layer_kernels_avx512;
#endif

#endif
