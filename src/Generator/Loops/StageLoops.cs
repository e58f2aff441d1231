using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops;

/// <summary>The methods of a stage.</summary>
/// <param name="ToNorm">Up to the norm's input; null without a norm.</param>
/// <param name="Forward">All of the forward pass, or what follows the norm's statistics.</param>
/// <param name="ToNormGradient">Back to the norm's output; null without a norm or without a backward pass.</param>
/// <param name="Backward">All of the backward pass, or what comes before the norm; null where no gradient is asked for.</param>
internal sealed record StageLoops(Method? ToNorm, Method Forward, Method? ToNormGradient, Method? Backward)
{
    /// <summary>The methods that are not null, in the order of the file.</summary>
    public IEnumerable<Method> Methods => new[] { ToNorm, Forward, ToNormGradient, Backward }.OfType<Method>();

    public static StageLoops Of(NetworkPlan plan, StagePlan stage)
    {
        var forward = new ForwardLoops(plan, stage);
        BackwardLoops? backward = stage.Backward is null ? null : new BackwardLoops(plan, stage);
        return new(forward.ToNorm(), forward.Forward(), backward?.ToNormGradient(), backward?.Backward());
    }
}
