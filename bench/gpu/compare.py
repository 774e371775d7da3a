#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The other side of the speed comparison, on a host with a GPU, PyTorch and torchvision.

    compare.py OUT [--models a,b] [--batches 1,32] [--no-export] [--no-time]

For each network: the architecture as torchvision has it (unet: as bench/gpu/unet.py writes it down),
with random weights, in fp16.

- OUT/NAME.bBATCH.onnx: exported to ONNX, channels first, opset 17, weights, inputs and outputs fp16,
  every shape fixed. speed.sh builds engines from these.
- OUT/pytorch.json: microseconds per batch in PyTorch, channels-last, under a CUDA graph.
"""
import argparse
import json
import pathlib
import statistics
import time

import torch
import torchvision

from unet import UNet

# Name, how it is made, image height and width: the extents of the models that tf2trt converts.
NETWORKS = {
    "resnet50": (torchvision.models.resnet50, (224, 224)),
    "mobilenet_v3_small": (torchvision.models.mobilenet_v3_small, (224, 224)),
    "efficientnet_b0": (torchvision.models.efficientnet_b0, (224, 224)),
    "densenet121": (torchvision.models.densenet121, (160, 160)),
    "convnext_tiny": (torchvision.models.convnext_tiny, (128, 128)),
    "unet": (UNet, (256, 256)),
}
OPSET = 17
SECONDS_OF_WARM_UP = 1.0
REPLAYS = 300


def make(name):
    torch.manual_seed(0)
    build, _ = NETWORKS[name]
    # Both sides of the classifiers end in logits.
    return (build() if build is UNet else build(weights=None)).eval()


def images(name, batch, device):
    height, width = NETWORKS[name][1]
    generator = torch.Generator().manual_seed(1)
    return torch.rand(batch, 3, height, width, generator=generator).half().to(device)


def export(name, batch, file):
    network = make(name).half().cuda()
    torch.onnx.export(
        network,
        (images(name, batch, "cuda"),),
        str(file),
        opset_version=OPSET,
        input_names=["image"],
        output_names=["output"],
        do_constant_folding=True,
        dynamo=False,
    )


@torch.inference_mode()
def time_graph(name, batch):
    network = make(name).half().cuda().to(memory_format=torch.channels_last)
    x = images(name, batch, "cuda").to(memory_format=torch.channels_last)
    torch.backends.cudnn.benchmark = True
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(5):
            network(x)
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        network(x)
    end = time.monotonic() + SECONDS_OF_WARM_UP
    while time.monotonic() < end:
        graph.replay()
        torch.cuda.synchronize()
    times = []
    for _ in range(REPLAYS):
        start = torch.cuda.Event(enable_timing=True)
        stop = torch.cuda.Event(enable_timing=True)
        start.record()
        graph.replay()
        stop.record()
        stop.synchronize()
        times.append(1000 * start.elapsed_time(stop))
    times.sort()
    return {
        "median_us": statistics.median(times),
        "p99_us": times[int(0.99 * (len(times) - 1))],
        "min_us": times[0],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--models", default=",".join(NETWORKS))
    parser.add_argument("--batches", default="1,32")
    parser.add_argument("--no-export", action="store_true")
    parser.add_argument("--no-time", action="store_true")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    result = {
        "gpu": torch.cuda.get_device_name(),
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "cudnn": torch.backends.cudnn.version(),
        "dtype": "float16",
        "memory_format": "channels_last",
        "cuda_graph": True,
        "networks": {},
    }
    file = arguments.out / "pytorch.json"
    for name in arguments.models.split(","):
        for batch in map(int, arguments.batches.split(",")):
            entry = result["networks"].setdefault(name, {}).setdefault(str(batch), {})
            try:
                if not arguments.no_export:
                    onnx = arguments.out / f"{name}.b{batch}.onnx"
                    export(name, batch, onnx)
                    entry["onnx"] = onnx.name
                if not arguments.no_time:
                    entry.update(time_graph(name, batch))
            except Exception as e:  # one network must not cost the others their numbers
                entry["error"] = f"{type(e).__name__}: {e}"
            print(name, batch, entry, flush=True)
            file.write_text(json.dumps(result, indent=1) + "\n")
            torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
