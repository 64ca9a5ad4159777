// Chooses the variant of the layer kernels by the instruction set in use.
#pragma STDC FP_CONTRACT OFF

#include "layers.h"

#include <stddef.h>

#include "dispatch.h"
#include "layers_tables.h"

const ck_layer_kernels *ck_layers_for(int isa) {
    if (!ck_isa_is_supported(isa)) return NULL;
    switch (isa) {
#if defined(__x86_64__)
    case CK_ISA_AVX512:
        return &ck_layer_kernels_avx512;
    case CK_ISA_AVX2:
        return &ck_layer_kernels_avx2;
#endif
    default:
        // On 64-bit Arm the baseline is NEON already.
        return &ck_layer_kernels_baseline;
    }
}

const ck_layer_kernels *ck_layers(void) { return ck_layers_for(ck_isa_current()); }
