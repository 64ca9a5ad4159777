// Chooses the variant of the gradient kernels by the instruction set in use.
#pragma STDC FP_CONTRACT OFF

#include "gradients.h"

#include <stddef.h>

#include "dispatch.h"
#include "gradients_tables.h"

const ck_gradient_kernels *ck_gradients_for(int isa) {
    if (!ck_isa_is_supported(isa)) return NULL;
    switch (isa) {
#if defined(__x86_64__)
    case CK_ISA_AVX512:
        return &ck_gradient_kernels_avx512;
    case CK_ISA_AVX2:
        return &ck_gradient_kernels_avx2;
#endif
    default:
        // On 64-bit Arm the baseline is NEON already.
        return &ck_gradient_kernels_baseline;
    }
}

const ck_gradient_kernels *ck_gradients(void) { return ck_gradients_for(ck_isa_current()); }
