# Writes the files that LoadOptionsTests and SafetensorsFileTests read: python3 write.py, with PyTorch, torchvision and safetensors.
import torch, torchvision
from torch import nn
from safetensors.torch import save_file


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None if stride == 1 else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.layer1 = nn.Sequential(Block(4, 4, 1))
        self.layer2 = nn.Sequential(Block(4, 6, 2), Block(6, 6, 1))
        self.fc = nn.Linear(6, 5)

    def forward(self, x):
        x = self.layer2(self.layer1(torch.relu(self.bn1(self.conv1(x)))))
        return self.fc(x.mean((2, 3)))


def sequence():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(),
        nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(),
        nn.Linear(64, 7), nn.ReLU(), nn.Linear(7, 5))


def write(name, network):
    network.train()
    for _ in range(4):  # running statistics that are not those of the start
        network(2 * torch.randn(8, 3, 8, 8) + 1)
    network.eval()
    images = torch.randn(6, 3, 8, 8)
    save_file(network.state_dict(), f"{name}.safetensors")
    save_file({"images": images, "logits": network(images).detach()}, f"{name}-outputs.safetensors")


torch.manual_seed(1)
resnet = ResNet()
write("resnet", resnet)
write("sequence", sequence())
save_file({f"module.{name}": tensor.half() for name, tensor in resnet.state_dict().items() if tensor.is_floating_point()}, "resnet-half.safetensors")

values = [0, 1, 3, 100]
types = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64, "BOOL": torch.bool, "U8": torch.uint8, "I8": torch.int8,
         "I16": torch.int16, "I32": torch.int32, "I64": torch.int64}
save_file({name: torch.tensor([values], dtype=one) for name, one in types.items()}, "types.safetensors", metadata={"written by": "safetensors"})

for name in ["resnet18", "vgg11", "vgg11_bn"]:
    with open(f"{name}.txt", "w") as file:
        for tensor, one in getattr(torchvision.models, name)().state_dict().items():
            print(tensor, *one.shape, file=file)
