using System.CommandLine;
using NoiseGen.Benchmarks.Commands;

var root = new RootCommand("Measures NoiseGen: beside TorchSharp in the same process, and against the processor's peak.")
{
    PeerCommand.Create(),
    MeasureCommand.Create(),
    RooflineCommand.Create(),
    VerifyCommand.Create(),
};
return root.Parse(args).Invoke();
