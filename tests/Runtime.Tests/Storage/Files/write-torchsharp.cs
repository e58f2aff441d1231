// Writes the files that LoadOptionsTests reads, as a program of TorchSharp would: dotnet run write-torchsharp.cs
#:package TorchSharp-cpu@0.107.0
#:package TorchSharp.PyBridge@1.4.4
#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false

using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.PyBridge;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

manual_seed(3);
var net = new LeNet();
net.train();
for (int step = 0; step < 3; step++) net.forward(randn(8, 1, 6, 6)); // running statistics that differ from the initial ones
net.eval();
Tensor images = randn(4, 1, 6, 6);
net.save_safetensors("torchsharp.safetensors");
new Outputs(images, net.forward(images)).save_safetensors("torchsharp-outputs.safetensors");

internal sealed class LeNet : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(1, 3, 3, padding: 1);
    private readonly BatchNorm2d bn1 = BatchNorm2d(3);
    private readonly Conv2d conv2 = Conv2d(3, 4, 3);
    private readonly Linear fc1 = Linear(16, 6);
    private readonly Linear fc2 = Linear(6, 3);

    public LeNet()
        : base("net") => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        x = functional.relu(bn1.forward(conv1.forward(x)));
        x = functional.max_pool2d(functional.relu(conv2.forward(x)), 2);
        return fc2.forward(functional.relu(fc1.forward(x.flatten(1))));
    }
}

internal sealed class Outputs : Module
{
    public Outputs(Tensor images, Tensor logits)
        : base("outputs")
    {
        register_buffer("images", images);
        register_buffer("logits", logits);
    }
}
