"""Facts about the machine that a report of times needs, and how busy it was with other work meanwhile."""
import importlib.metadata
import json
import os
import platform
import resource
import subprocess
import time

PACKAGES = ("torch", "transformers", "tokenizers", "numpy", "scipy")


def facts(lezobench):
    """What times depend on, as the tool itself says it, under the names that a report shows."""
    doctor = subprocess.run([lezobench, "doctor", "--json"], capture_output=True, text=True)
    try:
        answer = json.loads(doctor.stdout)
    except json.JSONDecodeError:
        raise SystemExit(f"'lezobench doctor --json' gave no JSON object: {doctor.stderr or doctor.stdout}")
    environment = answer["environment"]
    return {
        "processor": environment["processor"],
        "usable processors": len(os.sched_getaffinity(0)),
        "memory (MiB)": environment["memoryBytes"] // 2**20,
        "operating system": environment["operatingSystem"],
        "lezobench": f"commit {environment['gitCommit']}" + (
            " with uncommitted changes" if environment["gitIsDirty"] else ""),
        "lezobench build": f"{environment['buildConfiguration']}, {environment['compiler']}",
        "lezobench kernels": environment["kernelInstructionSet"],
        "lezobench BLAS": environment["blasVersion"],
        "lezobench BLAS core type": f"{environment['blasCoreType']} (expected {environment['expectedBLASCoreType']})",
        "lezobench sgemm (GFLOP/s)": round(answer["blasInTrials"]["gigaflops"], 1),
    }


def python_facts():
    """Versions of Python and its packages, and the kernels that PyTorch chose."""
    import torch

    return {
        "Python": platform.python_version(),
        **{package: importlib.metadata.version(package) for package in PACKAGES},
        "torch kernels": torch.backends.cpu.get_cpu_capability().lower(),
        "torch BLAS": "MKL" if torch.backends.mkl.is_available() else "other than MKL",
    }


class LoadWatch:
    """How busy the machine was, while one child process ran, with other work than that child."""

    def __init__(self):
        self.busy, self.stolen = self._ticks()
        self.children = self._children_seconds()
        self.start = time.monotonic()

    def finish(self):
        """The shares of all processors that other processes, and other virtual machines, took: (other, stolen)."""
        elapsed = (time.monotonic() - self.start) * os.cpu_count()
        busy, stolen = self._ticks()
        tick = 1 / os.sysconf("SC_CLK_TCK")
        other = (busy - self.busy) * tick - (self._children_seconds() - self.children)
        return max(other / elapsed, 0), (stolen - self.stolen) * tick / elapsed

    @staticmethod
    def _ticks():
        with open("/proc/stat") as file:
            user, nice, system, _, _, interrupt, soft_interrupt, stolen = map(int, file.readline().split()[1:9])
        return user + nice + system + interrupt + soft_interrupt, stolen

    @staticmethod
    def _children_seconds():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
