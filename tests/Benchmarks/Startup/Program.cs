using System.Diagnostics;
using System.Globalization;
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
string code = measured[0].Compilation.Clock > 0 ? "JIT" : "native";
Console.WriteLine($"ResNet-18, batch 128, {count} thread(s), {code}: medians of {Processes} processes (fastest … slowest), ms");
Console.WriteLine($"{"",-30}{"clock",8}{"processor",30}");
Print("construction", step => step.Construction);
Print("first step", step => step.Step);
Print("both together", step => step.Total);
Print("  of it the JIT", step => step.Compilation);
Print("third step", step => step.ThirdStep);
return 0;

void Print(string name, Func<FirstStep, Duration> value) =>
    Console.WriteLine($"{name,-30}{Quantiles(step => value(step).Clock),-30}{Quantiles(step => value(step).Processor)}");

string Quantiles(Func<FirstStep, double> value)
{
    double[] values = [.. measured.Select(value).Order()];
    return double.IsNaN(values[0])
        ? "" : string.Create(CultureInfo.InvariantCulture, $"{values[Processes / 2],8:F0}   ({values[0]:F0} … {values[^1]:F0})");
}

// This program again: by its own executable, or by dotnet where it was started so.
static string Child(string threads)
{
    string executable = Environment.ProcessPath!;
    string[] arguments = [ChildMark, threads];
    bool isDotnet = Path.GetFileNameWithoutExtension(executable) == "dotnet";
    var start = new ProcessStartInfo(executable, isDotnet ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments)
        { RedirectStandardOutput = true };
    using Process child = Process.Start(start)!;
    string line = child.StandardOutput.ReadToEnd();
    child.WaitForExit();
    return child.ExitCode == 0 ? line.Trim() : throw new InvalidOperationException($"A child process ended with {child.ExitCode}.");
}
