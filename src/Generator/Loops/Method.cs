namespace NoiseGen.Generator.Loops;

/// <summary>What a method of a stage is given beside the block's memory, in this order.</summary>
internal enum MethodParameter
{
    /// <summary>The noise of this pass, and the block's first image.</summary>
    Pass,

    /// <summary>The linear operation's weights and gradients.</summary>
    Layer,

    /// <summary>The batch norm.</summary>
    Norm,

    /// <summary>The levels of a quantizer with a constant scale.</summary>
    Levels,

    /// <summary>The learned scale of a quantizer.</summary>
    LearnedScale,

    /// <summary>Dropout's rate, which can be changed at run time.</summary>
    Rate,
}

/// <summary>One method of a stage as data: what it is given, and what it does in which order.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Remark">What the generated code says above it; null for nothing.</param>
/// <param name="Parameters">What it is given, without the block's memory.</param>
/// <param name="Paragraphs">Its steps, in paragraphs: declarations first. Empty paragraphs are not printed.</param>
internal sealed record Method(
    string Name, string? Remark, IReadOnlyList<MethodParameter> Parameters, IReadOnlyList<IReadOnlyList<Step>> Paragraphs)
{
    public const string ToNorm = "ToNorm", Forward = "Forward", ToNormGradient = "ToNormGradient", Backward = "Backward";

    /// <summary>All steps in order, those within loops as well.</summary>
    public IEnumerable<Step> AllSteps => Paragraphs.SelectMany(steps => steps).SelectMany(step => step.WithInner);
}
