using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Harden;

namespace NoiseGen.Tests.Cultures;

/// <summary>This assembly as a process of its own, in which cultures are not all alike.</summary>
internal static class CultureChild
{
    public const string Probe = "probe", Program = "program", Library = "library";

    // The projects are built to be invariant; a child is not, unless its environment says so.
    private const string Invariant = "System.Globalization.Invariant";

    /// <summary>Does a job under a culture.</summary>
    public static (int Code, string[] Output, string Error) Run(string culture, params string[] job)
    {
        // The host insists on the ending.
        string assembly = typeof(CultureChild).Assembly.Location, settings = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        try
        {
            JsonNode all = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(assembly, "runtimeconfig.json")))!;
            ((JsonObject)all["runtimeOptions"]!["configProperties"]!).Remove(Invariant);
            File.WriteAllText(settings, all.ToJsonString());
            using Process process = Process.Start(new ProcessStartInfo(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
                ["exec", "--runtimeconfig", settings, "--depsfile", Path.ChangeExtension(assembly, "deps.json"), assembly, culture, .. job])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string[] lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return (process.ExitCode, lines, error.Result);
        }
        finally
        {
            File.Delete(settings);
        }
    }

    /// <summary>What the child does. It prints first how the culture writes a half.</summary>
    public static int Work(string[] arguments)
    {
        var culture = CultureInfo.GetCultureInfo(arguments[0]);
        (CultureInfo.CurrentCulture, CultureInfo.DefaultThreadCurrentCulture) = (culture, culture);
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        Console.WriteLine(0.5);
        switch (arguments[1..])
        {
            case [Probe]:
                return 0;
            case [Program, .. var options]:
                return (int)typeof(Settings).Assembly.EntryPoint!.Invoke(null, [options])!;
            case [Library, var folder]:
                foreach (string line in LibraryReport.Write(folder)) Console.WriteLine(line);
                return 0;
            default:
                throw new ArgumentException($"Unknown job '{string.Join(' ', arguments)}'.");
        }
    }
}
