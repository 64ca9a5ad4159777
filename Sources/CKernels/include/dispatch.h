#ifndef LEZOBENCH_DISPATCH_H
#define LEZOBENCH_DISPATCH_H

#include <stdbool.h>

// The instruction sets that the kernels of this module are written for. Within x86-64 they are ordered: a CPU
// that has one has all before it.
enum ck_isa {
    CK_ISA_SCALAR = 0,  // the compiler's baseline for the architecture
    CK_ISA_AVX2 = 1,    // AVX2 with FMA and F16C
    CK_ISA_AVX512 = 2,  // AVX-512 F, BW, DQ, VL
    CK_ISA_NEON = 3,    // AArch64 Advanced SIMD
};

#define CK_ISA_COUNT 4

// Whether this CPU and operating system can run the instruction set. CK_ISA_SCALAR always can.
bool ck_isa_is_supported(int isa);

// The instruction set that kernels use now. It is chosen once, at the first call: the one that LEZOBENCH_ISA
// names if this machine supports it, otherwise the widest supported one.
int ck_isa_current(void);

// Uses `isa` from now on, for tests and benchmarks. Returns false, and changes nothing, when unsupported.
bool ck_isa_force(int isa);

// The lower-case name of an instruction set, as LEZOBENCH_ISA takes it; NULL when there is no such one.
const char *ck_isa_name(int isa);

// The instruction set of that name, or -1.
int ck_isa_named(const char *name);

#endif
