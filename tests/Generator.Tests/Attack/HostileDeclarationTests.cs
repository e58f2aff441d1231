using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NoiseGen.Generator.Tests.Attack;

/// <summary>
/// Random declarations of hostile shape: extreme numbers, keywords and unicode as names, aliases, wrong targets, stages in several files,
/// members that collide, hundreds of stages, blocks in blocks. The seeds are fixed; NOISEGEN_HOSTILE_FIRST and NOISEGEN_HOSTILE_COUNT
/// select others and more of them (3,000 take some minutes on two quiet cores). A declaration that fails is printed whole.
/// </summary>
public sealed class HostileDeclarationTests
{
    private const int Usual = 120;

    // More reports would not help.
    private const int MostPrinted = 8;

    [Fact]
    public async Task NothingIsSilent()
    {
        int first = Variable("NOISEGEN_HOSTILE_FIRST", 1), count = Variable("NOISEGEN_HOSTILE_COUNT", Usual);
        var reports = new string[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), async (i, _) => reports[i] = await Report(first + i));

        string[] failed = [.. reports.Where(report => report.Length > 0)];
        Assert.True(failed.Length == 0, $"{failed.Length} of {count} declarations:\n\n{string.Join("\n\n", failed.Take(MostPrinted))}");
    }

    private static async Task<string> Report(int seed)
    {
        string[] files = HostileDraw.Draw(seed);
        CSharpCompilation compilation = TestCompilation.Of(files);
        if (seed % 2 == 0)
            compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        string wrong;
        try
        {
            wrong = await Probe.Of(compilation);
        }
#pragma warning disable CA1031 // whatever it is, it is what is looked for
        catch (Exception exception)
#pragma warning restore CA1031
        {
            wrong = exception.ToString();
        }

        return wrong.Length == 0 ? "" : $"Seed {seed}:\n{wrong}\n{string.Join("\n// another file\n", files)}";
    }

    private static int Variable(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : otherwise;
}
