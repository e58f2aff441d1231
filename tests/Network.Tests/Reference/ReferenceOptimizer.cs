namespace NoiseGen.Tests.Reference;

/// <summary>An optimizer by PyTorch's definition, in double.</summary>
internal abstract class ReferenceOptimizer
{
    /// <summary>Takes one step: changes the parameters in place.</summary>
    public abstract void Step(double[][] parameters, double[][] gradients);

    protected static double[][] Zeros(double[][] like) => [.. like.Select(tensor => new double[tensor.Length])];
}

/// <summary>b ← μb + g (b ← g at first), w ← w − ηb (torch.optim.SGD).</summary>
internal sealed class ReferenceSgd(double learningRate, double momentum) : ReferenceOptimizer
{
    private double[][]? _buffer;

    public override void Step(double[][] parameters, double[][] gradients)
    {
        // A buffer that starts at zero holds the gradient after the first step.
        _buffer ??= Zeros(parameters);
        for (int p = 0; p < parameters.Length; p++)
        for (int i = 0; i < parameters[p].Length; i++)
        {
            _buffer[p][i] = momentum * _buffer[p][i] + gradients[p][i];
            parameters[p][i] -= learningRate * _buffer[p][i];
        }
    }
}

/// <summary>
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε) (torch.optim.Adam; Kingma and Ba, arXiv
/// 1412.6980).
/// </summary>
internal sealed class ReferenceAdam(
    double learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : ReferenceOptimizer
{
    private double[][]? _first;
    private double[][]? _second;
    private int _step;

    public override void Step(double[][] parameters, double[][] gradients)
    {
        _first ??= Zeros(parameters);
        _second ??= Zeros(parameters);
        _step++;
        double correction1 = 1 - Math.Pow(beta1, _step);
        double correction2 = 1 - Math.Pow(beta2, _step);
        for (int p = 0; p < parameters.Length; p++)
        for (int i = 0; i < parameters[p].Length; i++)
        {
            double g = gradients[p][i];
            _first[p][i] = beta1 * _first[p][i] + (1 - beta1) * g;
            _second[p][i] = beta2 * _second[p][i] + (1 - beta2) * g * g;
            parameters[p][i] -= learningRate * (_first[p][i] / correction1) / (Math.Sqrt(_second[p][i] / correction2) + epsilon);
        }
    }
}
