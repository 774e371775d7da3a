# SPDX-License-Identifier: Apache-2.0
"""The U-Net that Keras exports as the model unet, in PyTorch: the same layers and extents."""
import torch
from torch import nn
from torch.nn import functional as F


def block(channels_in, channels):
    return nn.Sequential(
        nn.Conv2d(channels_in, channels, 3, padding=1), nn.BatchNorm2d(channels), nn.ReLU()
    )


class UNet(nn.Module):
    """Three levels of 16, 32, 64 channels, 96 at the bottom; the middle way up is bilinear."""

    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList([block(3, 16), block(16, 32), block(32, 64)])
        self.bottom = nn.Sequential(nn.Conv2d(64, 96, 3, padding=1), nn.ReLU())
        self.up64 = nn.ConvTranspose2d(96, 64, 3, stride=2, padding=1, output_padding=1)
        self.up32 = nn.Conv2d(64, 32, 1)
        self.up16 = nn.ConvTranspose2d(32, 16, 3, stride=2, padding=1, output_padding=1)
        self.join = nn.ModuleList([block(128, 64), block(64, 32), block(32, 16)])
        self.head = nn.Conv2d(16, 4, 1)

    def forward(self, x):
        skips = []
        for level in self.down:
            x = level(x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.bottom(x)
        x = self.join[0](torch.cat([self.up64(x), skips[2]], 1))
        x = self.up32(F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False))
        x = self.join[1](torch.cat([x, skips[1]], 1))
        x = self.join[2](torch.cat([self.up16(x), skips[0]], 1))
        return torch.softmax(self.head(x), dim=1)
