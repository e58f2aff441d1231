using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using NoiseGen.Benchmarks.Startup;

// How long a fresh process takes to its first training step of ResNet-18: this program starts itself several times, and prints medians.
const int Processes = 5;
const string ChildMark = "--child";

if (args is [ChildMark, var threads])
{
    Console.WriteLine(FirstStep.Measure(int.Parse(threads, CultureInfo.InvariantCulture)));
    return 0;
}

if (args.Length > 1 || (args is [var given] && !(int.TryParse(given, CultureInfo.InvariantCulture, out int parsed) && parsed > 0)))
{
    Console.Error.WriteLine($"The only argument is the number of threads, at least 1 (2 without one); found: {string.Join(' ', args)}");
    return 1;
}

string count = args is [var number] ? number : "2";
FirstStep[] measured = [.. Enumerable.Range(0, Processes).Select(_ => FirstStep.Parse(Child(count)))];
Console.WriteLine($"ResNet-18, batch 128, {count} thread(s), {(RuntimeFeature.IsDynamicCodeCompiled ? "JIT" : "native")}, medians of {Processes} processes, ms");
Print("construction", step => step.Construction);
Print("first step", step => step.Step);
Print("both together", step => step.Total);
Print("  of it the JIT, all threads", step => step.Compilation);
Print("third step", step => step.NextStep);
return 0;

void Print(string name, Func<FirstStep, double> value)
{
    double[] values = [.. measured.Select(value).Order()];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-30}{values[Processes / 2],8:F0}   ({values[0]:F0} … {values[^1]:F0})"));
}

// This program again: by its own executable, or by dotnet where it was started so.
static string Child(string threads)
{
    string executable = Environment.ProcessPath!;
    string[] arguments = [ChildMark, threads];
    bool isDotnet = Path.GetFileNameWithoutExtension(executable) == "dotnet";
    var start = new ProcessStartInfo(executable, isDotnet ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments) { RedirectStandardOutput = true };
    using Process child = Process.Start(start)!;
    string line = child.StandardOutput.ReadToEnd();
    child.WaitForExit();
    return child.ExitCode == 0 ? line.Trim() : throw new InvalidOperationException($"A child process ended with {child.ExitCode}.");
}
