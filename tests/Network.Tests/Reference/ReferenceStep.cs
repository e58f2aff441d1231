namespace NoiseGen.Tests.Reference;

/// <summary>The results of a batch.</summary>
internal sealed class ReferenceStep(IEnumerable<ParameterDescription> parameters)
{
    /// <summary>Mean cross-entropy.</summary>
    public double Loss { get; set; }

    /// <summary>Images whose largest logit is their label's.</summary>
    public int Correct { get; set; }

    /// <summary>The mean loss's gradient, one array for each parameter tensor.</summary>
    public double[][] Gradients { get; } = [.. parameters.Select(parameter => new double[parameter.Count])];

    public void Add(ReferenceStep other)
    {
        Loss += other.Loss;
        Correct += other.Correct;
        foreach ((double[] sum, double[] part) in Gradients.Zip(other.Gradients))
        {
            for (int i = 0; i < sum.Length; i++) sum[i] += part[i];
        }
    }
}
