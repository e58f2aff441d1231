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

    // For each that is counted.
    private const int WarmUps = 2;

    public static Command Create()
    {
        var command = new Command("generator", "Measures the generator itself: full generation, and every keystroke in a large project.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var table = new Table { Title = new TableTitle("The generator, medians") };
        table.AddColumn("what")
            .AddColumns(Report.Right("ms"), Report.Right("ms a network"), Report.Right("10 % … 90 %"), Report.Right("processor ms"));

        string[] samples = SampleNetworks.All;
        OpenProject any = new(samples);
        any.Generate();
        Add(table, any.Networks, Builds,
            new Work($"all {any.Networks} networks of the samples, from nothing", _ => new OpenProject(samples).Generate()));

        string[] networks = SampleNetworks.Ten;
        OpenProject project = new([.. networks, .. Enumerable.Range(networks.Length, Files - networks.Length).Select(i => Ordinary(i, i))]);
        project.Generate();
        Add(
            table, project.Networks, Keystrokes,
            new Work("a keystroke in a file without networks", i => project.Edit(Files - 1, Ordinary(Files - 1, i))),
            new Work("a keystroke in a comment beside a network", i => project.Edit(0, $"{networks[0]}\n// {i}")),
            new Work("a keystroke in a number of one network", i => project.Edit(0, Changed(networks[0], 80 + (i % 2)))));
        AnsiConsole.Write(table);
    }

    // All are warmed up before the first is measured: they run the same code of the compiler, which is large.
    // The processor's time is the mean, that of the runtime's own threads included: it says less, but a busy machine does not stretch it.
    private static void Add(Table table, int networks, int repetitions, params Work[] works)
    {
        foreach (Work work in works)
        {
            for (int i = 0; i < WarmUps * repetitions; i++) work.Run(i);
        }

        foreach (Work work in works)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Timing timing = Timing.Of([.. Enumerable.Range(0, repetitions).Select(work.Run)]);
            double processor = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / repetitions;
            table.AddRow(work.Name, $"{timing.Median:F2}", $"{timing.Median / networks:F2}",
                $"{timing.Low:F2} … {timing.High:F2}", $"{processor:F2}");
        }
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

    /// <summary>Something that is timed.</summary>
    /// <param name="Name">What the table calls it.</param>
    /// <param name="Run">Does it, given the number of the repetition; returns milliseconds.</param>
    private sealed record Work(string Name, Func<int, double> Run);
}
