using System.Diagnostics.CodeAnalysis;

namespace NoiseGen;

/// <summary>The strength of the noise at one site, in training and in evaluation apart. Zero at first.</summary>
public sealed class NoiseSite
{
    private float _trainSigma;
    private float _evaluationSigma;

    internal NoiseSite(NoiseSiteDescription description, int index) => (Description, Index) = (description, index);

    /// <summary>Place, shape and kind.</summary>
    public NoiseSiteDescription Description { get; }

    /// <summary>Place in the network's list of sites, from 0.</summary>
    public int Index { get; }

    /// <summary>Path, such as <c>Input</c> or <c>Conv1.Linear</c>.</summary>
    public string Name => Description.Name;

    /// <summary>Sets the standard deviation for training and evaluation alike: absolute, in the units of the values it disturbs; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    [SuppressMessage("Design", "CA1044", Justification = "Two values stand behind it; each can be read under its own name.")]
    public float Sigma { set => TrainSigma = EvaluationSigma = value; }

    /// <summary>The standard deviation in training steps; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float TrainSigma { get => _trainSigma; set => _trainSigma = Checked(value); }

    /// <summary>The standard deviation in evaluation; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float EvaluationSigma { get => _evaluationSigma; set => _evaluationSigma = Checked(value); }

    private float Checked(float sigma) => sigma >= 0f && float.IsFinite(sigma)
        ? sigma
        : throw new ArgumentOutOfRangeException(nameof(sigma), sigma, $"Sigma of noise site {Name} is a finite number, at least 0.");
}
