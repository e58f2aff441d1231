using System.CommandLine;
using NoiseGen.Benchmarks.Commands;

var root = new RootCommand("Measures NoiseGen: beside TorchSharp in the same process, against the processor's peak, and its generator.")
{
    PeerCommand.Create(),
    MeasureCommand.Create(),
    RooflineCommand.Create(),
    VerifyCommand.Create(),
    GeneratorCommand.Create(),
};
return root.Parse(args).Invoke();
