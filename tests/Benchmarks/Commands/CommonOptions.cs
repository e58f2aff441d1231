using System.CommandLine;

namespace NoiseGen.Benchmarks.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>Images a step, as in arXiv 2501.14531.</summary>
    public const int Batch = 128;

    public static Option<string> Network(params string[] names)
    {
        var option = new Option<string>("--network") { Description = "The network to measure.", DefaultValueFactory = _ => "lenet5" };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    public static Option<int> Threads() =>
        new("--threads") { Description = "Threads on each side.", DefaultValueFactory = _ => 2 };

    /// <summary>The variant to measure, by its name.</summary>
    public static Option<string> Variant()
    {
        var option = new Option<string>("--variant") { Description = "The variant to measure.", DefaultValueFactory = _ => Contest.Variant.Clean.Name };
        option.AcceptOnlyFromAmong([.. Contest.Variant.All.Select(variant => variant.Name)]);
        return option;
    }
}
