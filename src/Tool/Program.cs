using System.CommandLine;
using NoiseGen.Tool;

var root = new RootCommand("NoiseGen: networks for analog hardware, declared in C#.") { new ScaffoldCommand() };
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count == 0 || parsed.Action is not null && args.Length == 0) return parsed.Invoke();
foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
Console.Error.WriteLine("dotnet noisegen --help shows what there is.");
return ExitCode.WrongOption;
