using System.CommandLine;
using NoiseGen.Storage;

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

    /// <summary>Where the results go; what cannot be written is refused before anything is measured.</summary>
    public static Option<FileInfo?> Json()
    {
        var option = new Option<FileInfo?>("--json") { Description = "File for the results, an array of objects." };
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var path }]) return;
            try
            {
                WholeFile.Check(path);
            }
            catch (IOException refusal)
            {
                result.AddError(refusal.Message);
            }
        });
        return option;
    }

    /// <summary>The variant to measure, by its name.</summary>
    public static Option<string> Variant()
    {
        var option = new Option<string>("--variant")
            { Description = "The variant to measure.", DefaultValueFactory = _ => Contest.Variant.Clean.Name };
        option.AcceptOnlyFromAmong([.. Contest.Variant.All.Select(variant => variant.Name)]);
        return option;
    }
}
