using System.CommandLine;
using NoiseGen.Benchmarks.Commands;
using Spectre.Console;

// Tables that go to a file would be wrapped at 80 characters.
const int WidthOfFiles = 160;
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfFiles;

var root = new RootCommand(
    "Measures NoiseGen: beside TorchSharp in the same process, against what the processor and its memory can do, and its generator.")
{
    PeerCommand.Create(),
    MeasureCommand.Create(),
    RooflineCommand.Create(),
    ScaleCommand.Create(),
    MemoryCommand.Create(),
    TrainCommand.Create(),
    VerifyCommand.Create(),
    GeneratorCommand.Create(),
};
return root.Parse(args).Invoke();
