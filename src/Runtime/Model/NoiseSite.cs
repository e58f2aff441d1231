using System.Diagnostics.CodeAnalysis;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// The strength of the noise at one site, separately for training and evaluation. Zero by default. The noise of a value has the standard
/// deviation <c>sigma · unit / √repetitions</c>, divided by the number of the site's elements if <see cref="NormalizesToInputSize"/> is
/// set.
/// </summary>
public sealed class NoiseSite
{
    private readonly ActivationQuantizer? _quantizer;
    private float _trainSigma;
    private float _evaluationSigma;
    private float _additiveShare = 0.5f;
    private int _repetitions = 1;
    private float? _range;
    private uint? _device;
    private PatternScope _patternScope;
    private FixedPattern? _pattern;

    internal NoiseSite(NoiseSiteDescription description, int index, ActivationQuantizer? quantizer) =>
        (Description, Index, _quantizer) = (description, index, quantizer);

    /// <summary>Place, shape and kind.</summary>
    public NoiseSiteDescription Description { get; }

    /// <summary>Index in the network's list of sites, from 0.</summary>
    public int Index { get; }

    /// <summary>Path, such as <c>Input</c> or <c>Conv1.Linear</c>.</summary>
    public string Name => Description.Name;

    /// <summary>
    /// Sets the standard deviation for training and evaluation alike, in the declared <see cref="SigmaUnit"/>; at least 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    [SuppressMessage("Design", "CA1044", Justification = "Two values stand behind it; each can be read under its own name.")]
    public float Sigma { set => TrainSigma = EvaluationSigma = value; }

    /// <summary>The standard deviation in training steps; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float TrainSigma { get => _trainSigma; set => _trainSigma = Checked(value); }

    /// <summary>The standard deviation in evaluation; at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    public float EvaluationSigma { get => _evaluationSigma; set => _evaluationSigma = Checked(value); }

    /// <summary>
    /// For combined noise: the ratio r, 0 … 1, that divides a sigma A into an additive part A·r and a multiplicative part A·(1 − r). 0.5 by
    /// default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 1.</exception>
    /// <exception cref="InvalidOperationException">The site's noise is of another kind.</exception>
    public float AdditiveShare
    {
        get => IsCombined ? _additiveShare : throw NotCombined();
        set
        {
            if (!IsCombined) throw NotCombined();
            if (!(value is >= 0f and <= 1f))
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The additive share of noise site {Name} is 0 … 1.");
            _additiveShare = value;
        }
    }

    /// <summary>
    /// How many times the operation before the site is executed and averaged, at least 1: the mean of R values with independent noise has
    /// noise of 1/√R of the strength, and is drawn directly (the multi-execution of arXiv 2212.10430). For combined noise with the additive
    /// part first, the product of the samples of both parts is averaged as if it were a sample of one part.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Repetitions
    {
        get => _repetitions;
        set
        {
            if (value < 1) throw new ArgumentOutOfRangeException(nameof(value), value, $"Repetitions of noise site {Name} are at least 1.");
            _repetitions = value;
        }
    }

    /// <summary>
    /// For a site declared with <see cref="SigmaUnit.Range"/>: the unit of its sigma, at least 0. <see cref="NeuralNetwork.Calibrate"/>
    /// finds the largest magnitude of the site's values, without noise; <see cref="NeuralNetwork.Load(string)"/> reads what was saved; or
    /// it can be set, for example to a converter's full scale. Null until then, and for other sites.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    /// <exception cref="InvalidOperationException">The site's sigma has another unit.</exception>
    public float? Range
    {
        get => _range;
        set
        {
            if (Description.Unit != SigmaUnit.Range)
                throw new InvalidOperationException(
                    $"Noise site {Name} has sigma in units of {Description.Unit}; only [Noise<…>(Unit = SigmaUnit.Range)] has a range.");
            if (value is { } range && !Setting.IsNotNegative(range))
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"The range of noise site {Name} is a finite number, at least 0.");
            _range = value;
        }
    }

    /// <summary>
    /// The device whose fixed pattern the noise is: a systematic error, samples that all images and steps share (gain errors with
    /// multiplicative noise, offsets with additive), one for each element or, by <see cref="PatternScope"/>, each channel. Null (the
    /// default) means that noise is drawn anew each time.
    /// </summary>
    public uint? Device
    {
        get => _device;
        set
        {
            if (value != _device) _pattern = null;
            _device = value;
        }
    }

    /// <summary>
    /// Whether each element or each channel has its own error in the fixed pattern of a <see cref="Device"/>. Each element by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No such scope.</exception>
    public PatternScope PatternScope
    {
        get => _patternScope;
        set
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"The pattern of noise site {Name} is of each element or each channel.");
            if (value != _patternScope) _pattern = null;
            _patternScope = value;
        }
    }

    /// <summary>Whether sigma is divided by the number of the site's elements in one image (an option of the authors' code).</summary>
    public bool NormalizesToInputSize { get; set; }

    /// <summary>
    /// For combined noise: sets sigma and <see cref="AdditiveShare"/> so that both parts have the given strengths, in training and
    /// evaluation.
    /// </summary>
    /// <param name="multiplicative">Standard deviation of the factor, at least 0.</param>
    /// <param name="additive">Standard deviation of the additive part, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or not finite.</exception>
    /// <exception cref="InvalidOperationException">The site's noise is of another kind.</exception>
    public void SetCombined(float multiplicative, float additive)
    {
        if (!IsCombined) throw NotCombined();
        float amplitude = Checked(multiplicative) + Checked(additive);
        Sigma = amplitude;
        if (amplitude > 0f) _additiveShare = additive / amplitude;
    }

    /// <summary>The error for a sigma whose unit is not known yet.</summary>
    internal InvalidOperationException NotCalibrated() => new(
        $"Noise site {Name} has its sigma in units of its range, which is not known yet: call Calibrate with a source of images first, "
            + $"load a network that was calibrated, "
        + "or set the site's Range.");

    internal NoiseStrength TrainStrength => Strength(_trainSigma);

    internal NoiseStrength EvaluationStrength => Strength(_evaluationSigma);

    private bool IsCombined => Description.Form == NoiseForm.Combined;

    private NoiseStrength Strength(float sigma)
    {
        float scale = Description.Unit switch
        {
            SigmaUnit.QuantizerStep => _quantizer!.StepInUse,
            SigmaUnit.Range when sigma > 0f => _range ?? throw NotCalibrated(),
            _ => 1f,
        };
        if (NormalizesToInputSize) scale /= Description.Shape.Count;
        if (_repetitions > 1) scale /= MathF.Sqrt(_repetitions);
        FixedPattern? pattern = sigma > 0f ? Pattern() : null;
        return IsCombined ? new(sigma, scale * (1f - _additiveShare), scale * _additiveShare, pattern) : new(sigma, scale, 0f, pattern);
    }

    // Drawn once per device, not in every step.
    private FixedPattern? Pattern() =>
        _device is { } device ? _pattern ??= new FixedPattern(Index, Description, device, _patternScope) : null;

    private InvalidOperationException NotCombined() =>
        new($"Noise site {Name} has {Description.Kind} noise; only combined noise has two parts.");

    private float Checked(float sigma) => Setting.IsNotNegative(sigma)
        ? sigma
        : throw new ArgumentOutOfRangeException(nameof(sigma), sigma, $"Sigma of noise site {Name} is a finite number, at least 0.");
}
