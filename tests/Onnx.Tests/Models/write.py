# Writes the models that ForeignModelTests reads: python3 write.py, with PyTorch and onnx.
import os
import numpy, onnx, torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn


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
        self.bn1 = nn.BatchNorm2d(4, eps=1e-3, momentum=0.3)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = nn.Sequential(Block(4, 4, 1), Block(4, 4, 1))
        self.layer2 = nn.Sequential(Block(4, 6, 2))
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(6, 5)

    def forward(self, x):
        x = self.layer2(self.layer1(self.maxpool(torch.relu(self.bn1(self.conv1(x))))))
        return self.fc(torch.flatten(self.avgpool(nn.functional.avg_pool2d(x, 1)), 1))


class Branches(nn.Module):
    def __init__(self):
        super().__init__()
        self.left = nn.Conv2d(3, 4, (3, 5), padding=(1, 2))
        self.right = nn.Conv2d(3, 6, 1, groups=3)
        self.join = nn.Conv2d(13, 5, 3, stride=(2, 1), bias=False)
        self.hidden = nn.Linear(30, 9)
        self.head = nn.Linear(9, 4)

    def forward(self, x):
        a = nn.functional.leaky_relu(self.left(x), 0.2)
        b = torch.sigmoid(self.right(x))
        y = torch.tanh(self.join(torch.cat([x, a, b], 1)))
        y = nn.functional.avg_pool2d(y, 3, 2, 1, count_include_pad=False)
        y = nn.functional.dropout(y.view(y.size(0), -1), 0.3, self.training)
        return self.head(torch.relu(self.hidden(y)))


def export(name, network, **options):
    network.train()
    for _ in range(4):  # running statistics that are not those of the start
        network(2 * torch.randn(8, 3, 8, 8) + 1)
    network.eval()
    torch.onnx.export(network, torch.randn(1, 3, 8, 8), f"{name}.onnx", input_names=["input"], output_names=["output"],
                      dynamic_axes={"input": {0: "N"}, "output": {0: "N"}}, **options)


torch.manual_seed(1)
export("torch-folded", ResNet())  # norms in the convolutions before them, as the exporter does it by default
export("torch-norms", ResNet(), do_constant_folding=False, training=torch.onnx.TrainingMode.PRESERVE)
export("torch-branches", Branches())

random = numpy.random.default_rng(1)


def constant(name, *shape):
    return numpy_helper.from_array(random.normal(size=shape).astype(numpy.float32), name)


nodes = [
    helper.make_node("Conv", ["input", "kernel"], ["conv"], name="stem", auto_pad="SAME_UPPER"),
    helper.make_node("Mul", ["conv", "factors"], ["scaled"]),
    helper.make_node("Sub", ["scaled", "shifts"], ["shifted"]),
    helper.make_node("MaxPool", ["shifted"], ["pooled"], kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1),
    helper.make_node("Sum", ["pooled", "pooled"], ["doubled"]),
    helper.make_node("GlobalMaxPool", ["doubled"], ["largest"]),
    helper.make_node("ReduceMean", ["pooled"], ["means"], axes=[2, 3], keepdims=0),
    helper.make_node("Squeeze", ["largest", "axes"], ["flat"]),
    helper.make_node("Concat", ["flat", "means", "flat"], ["joined"], axis=-1),
    helper.make_node("Constant", [], ["weights"], value=constant("weights", 12, 7)),
    helper.make_node("MatMul", ["joined", "weights"], ["product"]),
    helper.make_node("Add", ["biases", "product"], ["sums"]),
    helper.make_node("Div", ["sums", "divisor"], ["divided"]),
    helper.make_node("Softmax", ["divided"], ["output"], axis=-1),
]
graph = helper.make_graph(
    nodes, "helper", [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 3, 6, 6])],
    [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["N", 7])],
    [constant("kernel", 4, 3, 3, 3), constant("factors", 1, 4, 1, 1), constant("shifts", 4, 1, 1), constant("biases", 7),
     numpy_helper.from_array(numpy.array(4, numpy.float32), "divisor"), numpy_helper.from_array(numpy.array([2, 3]), "axes")])
model = helper.make_model(graph, producer_name="onnx.helper", opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
onnx.checker.check_model(model, full_check=True)
onnx.save(model, "helper.onnx")
if os.path.exists("external.bin"):
    os.remove("external.bin")  # it would be appended to
onnx.save(model, "external.onnx", save_as_external_data=True, location="external.bin", size_threshold=100)
