// Chooses the instruction set once from CPU features; every kernel asks ck_isa_current and switches on it.
#pragma STDC FP_CONTRACT OFF

#include "dispatch.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[CK_ISA_COUNT] = {"scalar", "avx2", "avx512", "neon"};

// -1 until the first question. Racing first questions store the same answer.
static _Atomic int chosen = -1;

bool ck_isa_is_supported(int isa) {
    switch (isa) {
    case CK_ISA_SCALAR:
        return true;
#if defined(__x86_64__)
    // These look at XCR0 as well, so they say no when the operating system does not save the wide registers.
    case CK_ISA_AVX2:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
               __builtin_cpu_supports("f16c");
    case CK_ISA_AVX512:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
               __builtin_cpu_supports("f16c") && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl");
#endif
#if defined(__aarch64__)
    case CK_ISA_NEON:
        return true;
#endif
    default:
        return false;
    }
}

const char *ck_isa_name(int isa) { return isa >= 0 && isa < CK_ISA_COUNT ? names[isa] : NULL; }

int ck_isa_named(const char *name) {
    for (int isa = 0; isa < CK_ISA_COUNT; isa++) {
        if (strcmp(name, names[isa]) == 0) return isa;
    }
    return -1;
}

static int choose(void) {
    const char *wanted = getenv("LEZOBENCH_ISA");
    if (wanted != NULL) {
        int isa = ck_isa_named(wanted);
        if (isa >= 0 && ck_isa_is_supported(isa)) return isa;
    }
    for (int isa = CK_ISA_COUNT - 1; isa > CK_ISA_SCALAR; isa--) {
        if (ck_isa_is_supported(isa)) return isa;
    }
    return CK_ISA_SCALAR;
}

int ck_isa_current(void) {
    int isa = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (isa < 0) {
        isa = choose();
        atomic_store_explicit(&chosen, isa, memory_order_relaxed);
    }
    return isa;
}

bool ck_isa_force(int isa) {
    if (!ck_isa_is_supported(isa)) return false;
    atomic_store_explicit(&chosen, isa, memory_order_relaxed);
    return true;
}
