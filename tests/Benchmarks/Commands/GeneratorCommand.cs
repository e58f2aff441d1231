using System.CommandLine;
using NoiseGen.Benchmarks.Contest;
using NoiseGen.Benchmarks.Generation;
using Spectre.Console;

namespace NoiseGen.Benchmarks.Commands;

/// <summary><c>generator</c>: how long the generator takes, in a build and behind every keystroke.</summary>
internal static class GeneratorCommand
{
    private const int Files = 500;
    private const int Builds = 30;
    private const int Keystrokes = 200;

    // Until the compiler's own code is compiled: it is large.
    private const int WarmUpBuilds = 20;
    private const int WarmUpKeystrokes = 400;

    public static Command Create()
    {
        var command = new Command("generator", "Measures the generator itself: full generation, and every keystroke in a large project.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var table = new Table { Title = new TableTitle("The generator, medians") };
        table.AddColumn("what").AddColumns(Report.Right("ms"), Report.Right("ms a network"), Report.Right("10 % … 90 %"), Report.Right("processor ms"));
        AddBuild(table);

        string[] networks = SampleNetworks.Ten;
        string plain = networks[0];
        OpenProject project = new([.. networks, .. Enumerable.Range(networks.Length, Files - networks.Length).Select(i => Ordinary(i, i))]);
        project.Generate();
        int count = project.Networks;
        Add(table, "a keystroke in a file without networks", count, WarmUpKeystrokes, Keystrokes, i => project.Edit(Files - 1, Ordinary(Files - 1, i)));
        Add(table, "a keystroke in a comment beside a network", count, WarmUpKeystrokes, Keystrokes, i => project.Edit(0, $"{plain}\n// {i}"));
        Add(table, "a keystroke in a number of one network", count, WarmUpKeystrokes, Keystrokes, i => project.Edit(0, Changed(plain, 80 + (i % 2))));
        AnsiConsole.Write(table);
    }

    private static void AddBuild(Table table)
    {
        string[] files = SampleNetworks.All;
        OpenProject any = new(files);
        any.Generate();
        Add(table, $"all {any.Networks} networks of the samples, from nothing", any.Networks, WarmUpBuilds, Builds, _ => new OpenProject(files).Generate());
    }

    // The processor's time is the mean, that of the runtime's own threads included: it says less, but a busy machine does not stretch it.
    private static void Add(Table table, string name, int networks, int warmUp, int repetitions, Func<int, double> run)
    {
        for (int i = 0; i < warmUp; i++) run(i);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Timing timing = Timing.Of([.. Enumerable.Range(0, repetitions).Select(run)]);
        double processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / repetitions;
        table.AddRow(name, $"{timing.Median:F2}", $"{timing.Median / networks:F2}", $"{timing.Low:F2} … {timing.High:F2}", $"{processor:F2}");
    }

    // The first of the file's networks only.
    private static string Changed(string text, int features)
    {
        const string Before = "Dense(84)";
        int place = text.IndexOf(Before, StringComparison.Ordinal);
        return $"{text[..place]}Dense({features}){text[(place + Before.Length)..]}";
    }

    // A file such as most of a project's are.
    private static string Ordinary(int index, int number) => $$"""
        namespace App.Services;

        public sealed class Service{{index}}
        {
            private readonly Dictionary<string, int> _counts = [];

            public int Count(string name) => _counts.TryGetValue(name, out int count) ? count : {{number}};

            public void Add(string name)
            {
                for (int i = 0; i < {{number}}; i++) _counts[name] = Count(name) + i;
            }
        }
        """;
}
