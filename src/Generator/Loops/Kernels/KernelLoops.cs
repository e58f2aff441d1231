using NoiseGen.Generator.Planning;

namespace NoiseGen.Generator.Loops.Kernels;

/// <summary>The code of a linear operation as data: its methods, in the order of the file.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Computation">The forward pass and the gradients of the input.</param>
/// <param name="Phases">The weight gradient whose phases a method of its own counts; null where it has none.</param>
/// <param name="WeightGradient">The gradients of weights and biases.</param>
internal sealed record KernelLoops(
    string Name, IReadOnlyList<KernelMethod> Computation, WinogradGradientPlan? Phases, IReadOnlyList<KernelMethod> WeightGradient)
{
    /// <summary>All methods.</summary>
    public IEnumerable<KernelMethod> Methods => Computation.Concat(WeightGradient);

    public static KernelLoops Of(LinearUse linear)
    {
        LinearKernels kernels = linear.Kernels;
        IEnumerable<KernelMethod> forward = kernels.Winograd is { } winograd
            ? [WinogradLoops.Forward(winograd, kernels.HasBiases)]
            : PassLoops.Row(kernels.Forward);
        IEnumerable<KernelMethod> weights = kernels switch
        {
            { WinogradGradient: not null } => new WinogradGradientLoops(kernels).Methods(),
            { LaneGradient: not null } => new LaneGradientLoops(kernels).Methods(),
            _ => new OuterGradientLoops(kernels).Methods(),
        };
        return new(kernels.Name, [.. forward, .. InputGradients(kernels, linear.Use)], kernels.WinogradGradient, [.. weights]);
    }

    private static IEnumerable<KernelMethod> InputGradients(LinearKernels kernels, InputGradientUse use)
    {
        if (kernels.InputGradient is not { } gradient) return [];
        IEnumerable<KernelMethod> methods = [];
        if (use.HasFlag(InputGradientUse.Overwrites)) methods = methods.Concat(gradient.Winograd is { } winograd
            ? WinogradLoops.InputGradient(winograd, KernelMethod.InputGradient, WinogradStart.Zeros)
            : PassLoops.InputGradient(kernels.Shape, KernelMethod.InputGradient, [.. gradient.Phases]));
        if (use.HasFlag(InputGradientUse.Adds)) methods = methods.Concat(gradient.Winograd is { } added
            ? WinogradLoops.InputGradient(added, KernelMethod.AddInputGradient, WinogradStart.Target)
            : PassLoops.InputGradient(kernels.Shape, KernelMethod.AddInputGradient, [.. gradient.Phases.Select(pass => pass.Adding)]));
        return methods;
    }
}
