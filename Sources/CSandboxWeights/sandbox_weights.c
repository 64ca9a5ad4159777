#pragma STDC FP_CONTRACT OFF

#include "sandbox_weights.h"

// The assembler copies the file into the program, so that a program that is copied elsewhere has it too, and nothing has
// to parse a literal of a million bytes. It looks in the header search paths that Package.swift names. A build does not
// notice that the file changed: touch this one.
__asm__(
    ".pushsection .rodata\n"
    ".balign 16\n"
    ".globl lezobench_sandbox_weights\n"
    ".hidden lezobench_sandbox_weights\n"
    "lezobench_sandbox_weights:\n"
    ".incbin \"sandbox-opt.safetensors\"\n"
    ".globl lezobench_sandbox_weights_end\n"
    ".hidden lezobench_sandbox_weights_end\n"
    "lezobench_sandbox_weights_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern const unsigned char lezobench_sandbox_weights[] __attribute__((visibility("hidden")));
extern const unsigned char lezobench_sandbox_weights_end[] __attribute__((visibility("hidden")));

const unsigned char *sandbox_weights(size_t *count) {
    *count = (size_t)(lezobench_sandbox_weights_end - lezobench_sandbox_weights);
    return lezobench_sandbox_weights;
}
