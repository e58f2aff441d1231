using System.Globalization;

namespace NoiseGen.Generator.Tests.Typing;

/// <summary>
/// Code that is half typed or changed at random never breaks the generator: no crash, and no generated code that does not compile. The seed
/// is fixed; NOISEGEN_TYPING_SEED and NOISEGEN_TYPING_STATES select another one, and more states of each file.
/// </summary>
public sealed class TypingTests
{
    private const int LeastStates = 2_000;

    [Fact]
    public void NothingThatIsTypedBreaksTheGenerator()
    {
        int seed = Variable("NOISEGEN_TYPING_SEED", 1),
            states = Variable("NOISEGEN_TYPING_STATES", LeastStates / TypedSource.All.Length + 1);
        string?[] faults = new string?[TypedSource.All.Length];
        int generations = 0;

        Parallel.For(0, faults.Length, i =>
        {
            var project = new EditedProject();
            faults[i] = FirstFault(project, TypedSource.All[i], new Edits(new Random(seed * 1000 + i)), states);
            Interlocked.Add(ref generations, project.Generations);
        });

        string[] found = [.. faults.OfType<string>()];
        Assert.True(found.Length == 0, $"{found.Length} of {faults.Length} files:\n\n{string.Join("\n\n", found)}");
        Assert.True(generations > faults.Length * states / 20, $"Only {generations} states had no mistake.");
    }

    /// <summary>Character by character, every other time with the braces that an editor closes automatically.</summary>
    [Fact]
    public void EveryCharacterThatIsTyped()
    {
        TypedSource source = TypedSource.All.First(one => one.Name.EndsWith("README.md", StringComparison.Ordinal));
        var project = new EditedProject();
        for (int length = 0; length <= source.Text.Length; length++)
        {
            string typed = source.Text[..length], text = length % 2 == 0 ? typed : Edits.Closed(typed);
            string? fault = Fault(project, text);
            Assert.True(fault is null, $"{source.Name}, {length} characters: {fault}\n{text}");
        }

        Assert.True(project.Generations > 0, "The finished file has a mistake.");
    }

    // Two thirds of the states are typed; the finished file comes first, so that the changes start from a network that is generated.
    private static string? FirstFault(EditedProject project, TypedSource source, Edits edits, int states)
    {
        for (int state = 0; state <= states; state++)
        {
            string text = state == 0 ? source.Text : (state % 3) switch
            {
                0 => edits.Typed(source.Text),
                1 => edits.TypedInside(source.Text),
                _ => edits.Changed(source.Text),
            };
            if (Fault(project, text) is { } fault) return $"{source.Name}, state {state}: {fault}\n{text}";
            if (project.Generations == 0) return $"{source.Name} has a mistake as it is.\n{text}";
        }

        return null;
    }

    private static string? Fault(EditedProject project, string text)
    {
        try
        {
            return project.FaultAfter(text);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return exception.ToString();
        }
    }

    private static int Variable(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value : otherwise;
}
