#ifndef LEZOBENCH_SANDBOX_WEIGHTS_H
#define LEZOBENCH_SANDBOX_WEIGHTS_H

#include <stddef.h>

// The first byte of the weights of the sandbox's model: the file sandbox-opt.safetensors beside this module's source, as it
// was when the module was compiled. `count` receives the number of bytes. They last as long as the program.
const unsigned char *sandbox_weights(size_t *count);

#endif
